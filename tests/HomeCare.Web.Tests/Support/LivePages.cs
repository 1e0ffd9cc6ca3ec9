using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Bunit;
using Bunit.Rendering;
using HomeCare.Web.Accounts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests.Support;

/// <summary>Renders components over the services and the database of a host, as somebody who is signed in.</summary>
internal sealed class LivePages : IAsyncDisposable
{
    /// <summary>A machine that is busy takes its time; nothing here is about speed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Pages pages;
    private readonly AsyncServiceScope scope;

    public LivePages(WebHost host, Actor by, string language = "ja")
    {
        scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Use(PrincipalOf(by));
        pages = new Pages(language);
        pages.Services.AddSingleton(TimeProvider.System);
        pages.Services.AddFallbackServiceProvider(scope.ServiceProvider);
    }

    public IServiceProvider Services => pages.Services;

    /// <summary>What a first drawing carried over to the live page.</summary>
    public void Carry<T>(string key, T value) => pages.AddBunitPersistentComponentState().Persist(key, HomeCare.Web.Shell.Carried.Pack(value));

    /// <summary>The browser, as far as components call it.</summary>
    public BunitJSInterop Js => pages.JSInterop;

    public IRenderedComponent<T> Render<T>(Action<ComponentParameterCollectionBuilder<T>>? parameters = null) where T : IComponent =>
        pages.Render<T>(parameters ?? (_ => { }));

    public async ValueTask DisposeAsync()
    {
        await pages.DisposeAsync();
        await scope.DisposeAsync();
    }

    private static ClaimsPrincipal PrincipalOf(Actor by)
    {
        var identity = new ClaimsIdentity("test");
        foreach (var (type, value) in new[]
        {
            (ActorClaims.Tenant, by.TenantId), (ActorClaims.Person, by.PersonId.ToString()), (ActorClaims.Name, by.Name), (ActorClaims.Profession, by.Profession.ToString()),
            (ActorClaims.Organisation, by.OrganisationId?.ToString()), (ActorClaims.OrganisationName, by.OrganisationName),
        })
        {
            if (value is not null)
            {
                identity.AddClaim(new Claim(type, value));
            }
        }

        return new ClaimsPrincipal(identity);
    }
}

internal static partial class Rendered
{
    /// <summary>Types into a field.</summary>
    public static void Type<T>(this IRenderedComponent<T> page, string id, string? text) where T : IComponent => Again(() => page.WaitForElement($"#{id}", LivePages.Patience).Input(text ?? ""));

    /// <summary>Chooses in a field, or writes a day.</summary>
    public static void Choose<T>(this IRenderedComponent<T> page, string id, object value) where T : IComponent => Again(() => page.WaitForElement($"#{id}", LivePages.Patience).Change(value.ToString()!));

    /// <summary>Sends the form, and waits until it is answered.</summary>
    public static async Task SendAsync<T>(this IRenderedComponent<T> page) where T : IComponent => await page.Find("form").SubmitAsync();

    /// <summary>What is still being read may draw the page anew between looking for an element and using it; then nothing has happened yet.</summary>
    public static void Again(Action act)
    {
        for (var left = 20; ; left--)
        {
            try
            {
                act();
                return;
            }
            catch (UnknownEventHandlerIdException) when (left > 0)
            {
                // Drawn anew in between.
            }
        }
    }

    /// <summary>The sentence at a field; null when nothing is wrong with it.</summary>
    public static string? Wrong<T>(this IRenderedComponent<T> page, string id) where T : IComponent =>
        page.FindAll($"#{id}-e").SingleOrDefault()?.TextContent.Trim();

    /// <summary>All words, those of two elements apart.</summary>
    public static string Words<T>(this IRenderedComponent<T> page) where T : IComponent =>
        string.Join(' ', WebUtility.HtmlDecode(Tag().Replace(page.Markup, " ")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
