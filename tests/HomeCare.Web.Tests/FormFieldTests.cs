using Bunit;
using HomeCare.Web.Parts;
using HomeCare.Web.Words;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Tests;

public sealed class FormFieldTests
{
    [Fact]
    public void what_is_typed_is_never_drawn_as_it_was_a_moment_ago_though_its_owner_answers_late()
    {
        using var pages = new Pages();
        var problems = new Problems(pages.Services.GetRequiredService<IStringLocalizer<Common>>());
        problems.Say("name", "?");
        string? heard = null;
        // An owner that hears of it but has not handed the new value down yet, as one above a dialog.
        var field = pages.Render<FormField>(p => p.Add(f => f.Id, "name").Add(f => f.Label, "Name").Add(f => f.Field, "name").Add(f => f.Problems, problems)
            .Add(f => f.Value, "a").Add(f => f.ValueChanged, EventCallback.Factory.Create<string?>(this, text => heard = text)));
        field.Find("input").Input("ab");
        heard.ShouldBe("ab");
        field.Find("input").GetAttribute("value").ShouldBe("ab");
        problems.Of("name").ShouldBeNull("what was wrong is forgotten once it is changed");

        field.Render(p => p.Add(f => f.Value, "ab"));
        field.Render(p => p.Add(f => f.Value, "from above"));
        field.Find("input").GetAttribute("value").ShouldBe("from above");
    }
}
