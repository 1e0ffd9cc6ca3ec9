using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HomeCare.BrowserTests.Support;
using HomeCare.Testing;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>A demo town whose host sends e-mail to a server of the test.</summary>
public sealed class TownWithMail(Chromium chromium) : DemoTown(chromium)
{
    /// <summary>The mail server.</summary>
    public MailSink Mail { get; } = new();

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>(Still)
    {
        ["HOMECARE_PUBLIC_URL"] = "https://care.example.jp",
        ["HOMECARE_SMTP_HOST"] = "127.0.0.1",
        ["HOMECARE_SMTP_PORT"] = $"{Mail.Port}",
        ["HOMECARE_SMTP_SECURITY"] = "none",
        ["HOMECARE_MAIL_FROM"] = "homecare@example.jp",
    };

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Mail.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Who wishes it is told outside the page: by a link alone, to an address that was confirmed.</summary>
public sealed partial class DeliveryJourneyTests(TownWithMail town) : IClassFixture<TownWithMail>
{
    private const float Soon = 30_000;

    [Theory]
    [InlineData("ja", "ns.tanaka", "tanaka", "treatment")]
    [InlineData("en", "ph.suzuki", "suzuki", "pharmacistVisit")]
    public async Task who_wishes_it_is_told_by_e_mail_whose_link_leads_to_the_entry(string language, string user, string name, string kind)
    {
        var address = $"{name}@example.jp";
        await using var nurse = await town.VisitAsync(user, new Look(language).Upright());
        await using var physician = await town.VisitAsync("dr.sato", new Look(language));
        await nurse.OpenAsync("/settings");
        var byEmail = nurse.Page.Locator("#by-email");
        await Expect(byEmail).ToBeDisabledAsync();
        await nurse.Page.Locator("#address").FillAsync(name);
        await nurse.Page.Locator("#address").PressAsync("Enter");
        await Expect(nurse.Page.Locator("[aria-labelledby=settings-delivery] [role=alert]")).ToBeVisibleAsync(new() { Timeout = Soon });
        await nurse.Page.Locator("#address").FillAsync(address);
        await nurse.Page.Locator("#address").PressAsync("Enter");
        await Expect(nurse.Page.Locator("[data-pending]")).ToContainTextAsync(address, new() { Timeout = Soon });

        // The address is theirs only when the link that went there has come back.
        await nurse.OpenAsync(LinkOf(await MessageAsync(address, 0)));
        await Expect(nurse.Page.Locator("[aria-labelledby=settings-delivery] .banner-ok")).ToBeVisibleAsync(new() { Timeout = Soon });
        await byEmail.CheckAsync();
        await Expect(nurse.Page.Locator("[aria-labelledby=settings-delivery] .banner-ok")).ToBeVisibleAsync(new() { Timeout = Soon });
        await nurse.PictureAsync("delivery");

        var patient = await physician.PatientAsync("岡本");
        var me = await nurse.GetAsync("api/me");
        var text = $"Weigh her before breakfast {language}";
        var issued = await physician.CommandAsync("issue-instruction", new
        {
            instructionId = Guid.CreateVersion7(), patientId = patient, kind, text, addressee = new { kind = "person", personId = me["personId"]!.GetValue<Guid>() },
        });
        issued.Status.ShouldBe(200, await issued.TextAsync());
        // They may be told of other things as well: one message leads to this entry, and none says what it is about.
        var entry = $"#entry-{JsonNode.Parse(await issued.TextAsync())!["sequence"]!.GetValue<long>()}";
        for (var message = 1; ; message++)
        {
            var told = await MessageAsync(address, message);
            told.ShouldNotContain(text);
            told.ShouldNotContain("岡本");
            var leads = await nurse.Context.APIRequest.GetAsync(LinkOf(told).Replace("/go/", "/go/open/", StringComparison.Ordinal), new() { MaxRedirects = 0 });
            if (leads.Headers["location"].EndsWith(entry, StringComparison.Ordinal))
            {
                await nurse.Page.GotoAsync(LinkOf(told));
                break;
            }
        }

        await nurse.Page.WaitForURLAsync($"**/patients/{patient}#entry-*");
        await Expect(nurse.Entries("instruction-issued").Filter(new() { HasText = text })).ToBeVisibleAsync(new() { Timeout = Soon });
    }

    /// <summary>The text of a message that went to an address, by its number.</summary>
    private async Task<string> MessageAsync(string address, int number)
    {
        for (var left = 240; ; left--)
        {
            var got = town.Mail.Got.Where(m => m.To.Contains(address, StringComparison.OrdinalIgnoreCase)).ToList();
            if (got.Count > number)
            {
                return Decoded(got[number].Text);
            }

            left.ShouldBeGreaterThan(0, $"no message {number} came to {address}");
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The link in a message, as a path of this host.</summary>
    private static string LinkOf(string message) => new Uri(Link().Match(message).Value).PathAndQuery;

    private static string Decoded(string message)
    {
        var body = message[(message.Replace("\r", "", StringComparison.Ordinal).IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        return message.Contains("Content-Transfer-Encoding: base64", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8.GetString(Convert.FromBase64String(body))
            : Escape().Replace(body.Replace("=\n", "", StringComparison.Ordinal), m => $"{(char)Convert.ToByte(m.Groups["hex"].Value, 16)}");
    }

    [GeneratedRegex(@"https://care\.example\.jp/\S+")]
    private static partial Regex Link();

    [GeneratedRegex("=(?<hex>[0-9A-F]{2})")]
    private static partial Regex Escape();
}
