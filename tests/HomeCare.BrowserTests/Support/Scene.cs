using Microsoft.Playwright;

namespace HomeCare.BrowserTests.Support;

/// <summary>A screen in one of its states.</summary>
/// <param name="Name">For people to read.</param>
/// <param name="User">Who looks at it; null: nobody is signed in.</param>
/// <param name="Path">Where; <c>{patient}</c> is a person with a long record.</param>
/// <param name="Reach">What is pressed to get there.</param>
public sealed record Scene(string Name, string? User, string Path, Func<Visitor, Task>? Reach = null)
{
    /// <summary>Every page, and every dialog and state that looks otherwise.</summary>
    public static IReadOnlyList<Scene> All { get; } =
    [
        new("sign-in", null, "/sign-in"),
        new("sign-in-refused", null, "/sign-in?error=session.refused"),
        new("sign-in-code", null, "/sign-in?error=session.code_missing"),
        new("today-nurse", "ns.tanaka", "/"),
        new("today-physician", "dr.sato", "/"),
        new("today-care-manager", "cm.yamada", "/"),
        new("today-helper", "hp.kondo", "/"),
        new("today-family", "fm.kato", "/"),
        new("today-administrator", "admin", "/"),
        new("patients", "ns.tanaka", "/patients"),
        new("patients-none", "ns.tanaka", "/patients?query=zzzz"),
        new("patients-register", "ns.tanaka", "/patients", v => v.OpenDialogAsync(".page-actions button")),
        new("timeline", "ns.tanaka", "/patients/{patient}"),
        new("timeline-physician", "dr.sato", "/patients/{patient}"),
        new("timeline-filtered", "ns.tanaka", "/patients/{patient}?kind=vitals"),
        new("timeline-correct", "ns.tanaka", "/patients/{patient}", v => v.OpenDialogAsync(".entry-edit")),
        new("brief-physician", "dr.sato", "/patients/{patient}/brief"),
        new("brief-nurse", "ns.tanaka", "/patients/{patient}/brief"),
        new("source", "dr.sato", "/patients/{patient}/brief", async v =>
        {
            await v.Page.Locator("#main a[href*='/source/']").First.ClickAsync();
            await v.Page.Locator("article.entry").First.WaitForAsync();
        }),
        new("vitals", "dr.sato", "/patients/{patient}/vitals"),
        new("vitals-year-table", "ph.suzuki", "/patients/{patient}/vitals?days=365&form=table"),
        new("vitals-one-sign", "ns.tanaka", "/patients/{patient}/vitals?days=90", async v =>
        {
            await v.Page.Locator(".chart-signs button").First.ClickAsync();
            await v.Page.Locator(".chart-signs [aria-pressed=false]").WaitForAsync();
        }),
        new("instruct", "dr.sato", "/patients/{patient}/instruct"),
        new("visit", "ns.tanaka", "/patients/{patient}/visit", v => v.Page.Locator(".identity .button-primary:not([aria-disabled])").WaitForAsync()),
        new("visit-sheet", "ns.tanaka", "/patients/{patient}/visit", async v =>
        {
            await v.Page.Locator(".identity .button-primary").ClickAsync();
            await v.Page.Locator("[data-field=spO2]").FillAsync("84");
            await v.Page.Locator("[aria-controls=phrases]").ClickAsync();
        }),
        new("visits-family", "fm.kato", "/visits"),
        new("visits", "ns.tanaka", "/visits"),
        new("instructions-nurse", "ns.tanaka", "/instructions"),
        new("instructions-physician", "dr.sato", "/instructions"),
        new("take", "ns.tanaka", "/instructions", v => v.OpenDialogAsync("[data-step=Take]")),
        new("question", "ns.tanaka", "/instructions", v => v.OpenDialogAsync("[data-step=Question]")),
        new("decline", "ns.tanaka", "/instructions", v => v.OpenDialogAsync("[data-step=Decline]")),
        new("answer", "dr.sato", "/instructions", v => v.OpenDialogAsync("[data-step=Answer]")),
        new("orders-physician", "dr.sato", "/orders"),
        new("orders-drafts", "dr.sato", "/orders?show=drafts"),
        new("orders-unsigned", "ns.tanaka", "/orders?show=unsigned"),
        new("orders-none", "hp.kondo", "/orders?show=unsigned"),
        new("orders-family", "fm.kato", "/orders"),
        new("patient-orders", "dr.sato", "/patients/{patient}/orders"),
        new("not-mine-orders", "fm.kato", "/patients/{patient}/orders"),
        new("order-write", "dr.sato", "/patients/{patient}/orders/write?kind=Ordinary", async v =>
        {
            await v.Page.Locator("#until").FillAsync("2099-01-01");
            await v.Page.Locator(".form-actions button[type=submit]").ClickAsync();
            await v.Page.Locator(".field-error").First.WaitForAsync();
        }),
        new("order-write-infusion", "dr.sato", "/patients/{patient}/orders/write?kind=Infusion"),
        new("order-write-psychiatric", "dr.sato", "/patients/{patient}/orders/write?kind=Psychiatric", async v =>
        {
            await v.Page.Locator("#f-several").SelectOptionAsync("yes");
            await v.Page.Locator("#f-short").SelectOptionAsync("yes");
        }),
        new("order", "ns.tanaka", "/patients/{patient}/orders", async v =>
        {
            await v.Page.Locator("a[data-order]").First.ClickAsync();
            await v.Page.Locator(".paper").WaitForAsync();
        }),
        new("order-sign", "ns.tanaka", "/orders?show=unsigned", async v =>
        {
            await v.Page.Locator("a[data-order]").First.ClickAsync();
            await v.OpenDialogAsync("[data-act=sign]");
            await v.Dialog.Locator("input[type=radio]").Nth(1).CheckAsync(new() { Force = true });
            await v.Dialog.Locator("button[type=submit]").ClickAsync();
            await v.Dialog.Locator(".field-error").WaitForAsync();
        }),
        new("order-withdraw", "dr.sato", "/patients/{patient}/orders", async v =>
        {
            await v.Page.Locator("a[data-order]").First.ClickAsync();
            await v.OpenDialogAsync("[data-act=withdraw]");
        }),
        new("board", "cm.yamada", "/board"),
        new("board-acknowledge", "cm.yamada", "/board", v => v.OpenDialogAsync(".board-acts button")),
        new("alerts", "cm.yamada", "/alerts"),
        new("alerts-administrator", "admin", "/alerts"),
        new("patient-alerts", "ns.tanaka", "/patients/{patient}/alerts"),
        new("patient-alerts-snooze", "ns.tanaka", "/patients/{patient}/alerts", v => v.OpenDialogAsync(".alert-buttons button + button")),
        new("profile-nurse", "ns.tanaka", "/patients/{patient}/profile"),
        new("not-mine-family", "fm.kato", "/patients/{patient}/profile"),
        new("profile-team", "ns.tanaka", "/patients/{patient}/profile?show=team"),
        new("profile-details", "ns.tanaka", "/patients/{patient}/profile", v => v.OpenDialogAsync("[aria-labelledby=profile-identity] .section-head button")),
        new("profile-contacts", "ns.tanaka", "/patients/{patient}/profile", v => v.OpenDialogAsync("[aria-labelledby=profile-contacts] .section-head button")),
        new("profile-condition", "dr.sato", "/patients/{patient}/profile", v => v.OpenDialogAsync("[aria-labelledby=profile-conditions] .row button")),
        new("profile-medicine", "dr.sato", "/patients/{patient}/profile", v => v.OpenDialogAsync("[aria-labelledby=profile-medicines] .section-head button")),
        new("profile-physician", "dr.sato", "/patients/{patient}/profile"),
        new("profile-news2-off", "dr.sato", "/patients/{patient}/profile", v => v.OpenDialogAsync("[data-news2=off]")),
        new("profile-scale2", "dr.sato", "/patients/{patient}/profile", v => v.OpenDialogAsync("[data-news2=scale2]")),
        new("profile-wishes", "dr.sato", "/patients/{patient}/profile", async v =>
        {
            await v.OpenAsync($"/patients/{await v.PatientAsync("山口")}/profile");
            await v.Page.Locator("[data-wishes=confirm]").WaitForAsync();
        }),
        new("wishes-record", "ns.tanaka", "/patients/{patient}/profile", async v =>
        {
            await v.OpenAsync($"/patients/{await v.PatientAsync("石川")}/profile");
            await v.Page.Locator("#wishes .past summary").ClickAsync();
            await v.OpenDialogAsync("[data-wishes=record]");
            await v.Dialog.Locator("button[type=submit]").ClickAsync();
            await v.Dialog.Locator(".field-error").First.WaitForAsync();
        }),
        new("wishes-withdraw", "dr.sato", "/patients/{patient}/profile", async v =>
        {
            await v.OpenAsync($"/patients/{await v.PatientAsync("石川")}/profile");
            await v.OpenDialogAsync("[data-wishes=withdraw]");
        }),
        new("brief-wishes", "dr.sato", "/patients/{patient}/brief", async v =>
        {
            await v.OpenAsync($"/patients/{await v.PatientAsync("山口")}/brief");
            await v.Page.Locator("[data-wishes]").WaitForAsync();
        }),
        new("profile-join", "ns.tanaka", "/patients/{patient}/profile?show=team", v => v.OpenDialogAsync("[aria-labelledby=team-members] .form-actions button")),
        new("profile-plan", "ns.tanaka", "/patients/{patient}/profile?show=team", v => v.OpenDialogAsync("[aria-labelledby=planned-visits] .form-actions button")),
        new("admin-people", "admin", "/admin"),
        new("admin-invite", "admin", "/admin", async v =>
        {
            await v.OpenDialogAsync(".list-bar .button-primary");
            await v.Dialog.Locator("button[type=submit]").ClickAsync();
            await v.Dialog.Locator(".field-error").First.WaitForAsync();
        }),
        new("admin-person", "admin", "/admin", async v =>
        {
            await v.Page.Locator(".person-line").Nth(1).ClickAsync();
            await v.Page.Locator("#person-account").WaitForAsync();
        }),
        new("admin-organisations", "admin", "/admin?show=organisations"),
        new("admin-teams", "admin", "/admin?show=teams"),
        new("admin-news2", "admin", "/admin?show=news2"),
        new("admin-news2-define", "admin", "/admin?show=news2", v => v.OpenDialogAsync(".list-bar .button-primary")),
        new("ledger", "ns.tanaka", "/patients/{patient}/ledger"),
        new("ask", "ns.tanaka", "/patients/{patient}/ask"),
        new("tell", "fm.kato", "/", async v => await v.OpenAsync($"/patients/{await v.PatientAsync("加藤")}/tell")),
        new("verbal", "ns.tanaka", "/patients/{patient}/verbal"),
        new("conversation", "ns.tanaka", "/patients/{patient}/talk/new", async v =>
        {
            await v.Page.Locator("#talk-topic").FillAsync("夜間の吸引");
            await v.Page.Locator("#talk-text").FillAsync("回数を増やしますか");
            await v.Page.Locator(".choice input").Nth(2).CheckAsync(new() { Force = true });
            await v.Page.Locator("input[name=talk-need]").Nth(1).CheckAsync(new() { Force = true });
            await v.Page.Locator("#talk-by").WaitForAsync();
            await v.Page.Locator(".composer button[type=submit]").ClickAsync();
            await v.Page.Locator("#post-1").WaitForAsync();
            await v.Page.Locator("input[name=talk-need]").Nth(1).CheckAsync(new() { Force = true });
            await v.Page.Locator("#talk-by").WaitForAsync();
        }),
        new("handover-new", "ns.tanaka", "/patients/{patient}/handover/new", async v =>
        {
            await v.Page.Locator("#handover-s").WaitForAsync();
            await v.Page.Locator(".sbar-sources summary").First.ClickAsync();
        }),
        new("handover", "ns.tanaka", "/patients/{patient}/handover", async v =>
        {
            await v.Page.Locator("[data-handover]").First.ClickAsync();
            await v.Page.Locator("article.handover").WaitForAsync();
        }),
        new("known", "ns.tanaka", "/patients/{patient}/known?at=2020-01-01T00:00"),
        new("known-timeline", "ns.tanaka", "/patients/{patient}/known", v => v.KnownAsync("timeline")),
        new("known-brief", "dr.sato", "/patients/{patient}/known", v => v.KnownAsync("brief")),
        new("known-board", "cm.yamada", "/patients/{patient}/known", v => v.KnownAsync("board")),
        new("instruct-standing", "dr.sato", "/patients/{patient}/instruct", async v =>
        {
            await v.Page.Locator("input[name=course][value=When]").CheckAsync(new() { Force = true });
            await v.Page.Locator("#standing-below").WaitForAsync();
        }),
        new("change", "dr.sato", "/patients/{patient}/ledger", v => v.OpenDialogAsync("[data-step=Change]")),
        new("not-mine-ledger", "ns.abe", "/patients/{patient}/ledger"),
        new("profile-cover", "ns.tanaka", "/patients/{patient}/profile?show=team", v => v.OpenDialogAsync("[data-cover=order]")),
        new("admin-cover", "admin", "/admin?show=cover"),
        new("admin-rota", "admin", "/admin?show=cover", async v =>
        {
            await v.OpenDialogAsync("[data-cover=set]");
            await v.Dialog.Locator("[data-cover=add-turn]").ClickAsync();
        }),
        new("admin-escalation", "admin", "/admin?show=cover", v => v.OpenDialogAsync("[data-cover=times]")),
        new("cover-nurse", "ns.tanaka", "/cover"),
        new("cover-hand-over", "ns.tanaka", "/cover", v => v.OpenDialogAsync("[data-cover=hand-over]")),
        new("unowned", "cm.yamada", "/instructions?show=overdue"),
        new("admin-team", "admin", "/admin/teams/{patient}"),
        new("admin-not-permitted", "ns.tanaka", "/admin"),
        new("settings", "ns.tanaka", "/settings"),
        new("not-found", "ns.tanaka", "/nowhere"),
        new("not-mine", "ns.abe", "/patients/{patient}"),
    ];

    /// <summary>Goes there.</summary>
    public async Task<Visitor> ReachAsync(DemoTown town, Look look)
    {
        var visitor = await town.VisitAsync(User, look);
        try
        {
            visitor.Missing = Name.StartsWith("not-", StringComparison.Ordinal);
            await visitor.OpenAsync(Path.Replace("{patient}", await town.LongRecordAsync(), StringComparison.Ordinal));
            if (Reach is not null)
            {
                await Reach(visitor);
            }

            return visitor;
        }
        catch
        {
            await visitor.Context.DisposeAsync();
            throw;
        }
    }
}

internal static class Reaching
{
    /// <summary>Looks at the moment that the page of the past proposes.</summary>
    public static async Task KnownAsync(this Visitor visitor, string tab)
    {
        if (await visitor.Page.Locator(".known-banner").CountAsync() == 0)
        {
            await visitor.Page.Locator(".known-moment button[type=submit]").ClickAsync();
            await visitor.Page.Locator(".known-banner").WaitForAsync();
        }

        if (tab != "timeline")
        {
            await visitor.Page.Locator($".as-known .tab[href$='show={tab}']").ClickAsync();
            await visitor.Page.Locator($".as-known .tab[href$='show={tab}'][aria-current]").WaitForAsync();
        }
    }

    public static async Task OpenDialogAsync(this Visitor visitor, string button)
    {
        await visitor.Page.Locator(button).First.ClickAsync();
        await visitor.Dialog.WaitForAsync();
    }
}
