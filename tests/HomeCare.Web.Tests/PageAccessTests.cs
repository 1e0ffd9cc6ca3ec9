using System.Net;
using HomeCare.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace HomeCare.Web.Tests;

/// <summary>Pages about people, as each profession gets them over HTTP.</summary>
public sealed class PageAccessTests(WebHost host) : IClassFixture<WebHost>
{
    public static TheoryData<Profession> Professions => [.. Town.Professions];

    private static readonly string[] Administrators = ["/admin", "/admin?show=organisations", "/admin?show=teams", "/admin?show=news2", "/admin?show=cover", $"/admin/people/{Town.Of(Profession.Nurse).PersonId}", $"/admin/teams/{Town.Patient}"];

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(Actor by, string path)
    {
        using var response = await (await host.AsAsync(by)).GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    [Theory, MemberData(nameof(Professions))]
    public async Task only_administrators_keep_the_community(Profession profession)
    {
        foreach (var path in Administrators)
        {
            var (status, text) = await GetAsync(Town.Of(profession), path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "culture=en");
            status.ShouldBe(HttpStatusCode.OK, path);
            var permitted = !text.Contains("Your profession has no use of this page", StringComparison.Ordinal);
            permitted.ShouldBe(profession == Profession.Administrator, $"{profession} at {path}");
            if (profession != Profession.Administrator)
            {
                text.ShouldNotContain("nurse.in");
                text.ShouldNotContain("Pharmacist in office");
            }
        }
    }

    [Theory, MemberData(nameof(Professions))]
    public async Task a_profile_is_for_the_care_team_and_without_it_there_is_no_such_page(Profession profession)
    {
        var (status, text) = await GetAsync(Town.Of(profession), $"/patients/{Town.Patient}/profile?culture=en");
        var sees = Permissions.SeesRecords(profession);
        status.ShouldBe(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        text.Contains("オカモト", StringComparison.Ordinal).ShouldBe(sees);

        foreach (var (by, patient) in new[] { (Town.Of(profession, related: false), Town.Patient), (Town.Of(profession), Town.Stranger), (Town.Of(profession), Town.OtherPatient), (Town.OtherNurse, Town.Patient) })
        {
            var refused = await GetAsync(by, $"/patients/{patient}/profile");
            refused.Status.ShouldBe(HttpStatusCode.NotFound);
            refused.Text.ShouldNotContain("フミ");
            refused.Text.ShouldNotContain("キヨシ");
        }
    }

    [Theory, MemberData(nameof(Professions))]
    public async Task a_brief_is_for_the_care_team_and_without_it_there_is_no_such_page(Profession profession)
    {
        var (status, text) = await GetAsync(Town.Of(profession), $"/patients/{Town.Patient}/brief?culture=en");
        var sees = Permissions.SeesRecords(profession);
        status.ShouldBe(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        text.Contains("What was I asked", StringComparison.Ordinal).ShouldBe(sees);
        foreach (var (by, patient) in new[] { (Town.Of(profession, related: false), Town.Patient), (Town.Of(profession), Town.Stranger), (Town.Of(profession), Town.OtherPatient), (Town.OtherNurse, Town.Patient) })
        {
            (await GetAsync(by, $"/patients/{patient}/brief")).Status.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Theory, MemberData(nameof(Professions))]
    public async Task a_ledger_is_for_the_care_team_and_a_verbal_order_for_nurses_alone(Profession profession)
    {
        var issue = new HomeCare.Instructions.IssueInstruction(Guid.CreateVersion7(), Town.Patient, HomeCare.Instructions.InstructionKind.Treatment, "踵の除圧をしてください",
            new HomeCare.Instructions.Addressee(HomeCare.Instructions.AddresseeKind.WhoeverVisitsNext));
        await host.MustAsync(Town.Of(Profession.Physician), issue);
        var (status, text) = await GetAsync(Town.Of(profession), $"/patients/{Town.Patient}/ledger?culture=en");
        status.ShouldBe(Permissions.SeesRecords(profession) ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        text.Contains("踵の除圧", StringComparison.Ordinal).ShouldBe(Permissions.SeesRecords(profession));
        foreach (var (by, patient) in new[] { (Town.Of(profession, related: false), Town.Patient), (Town.Of(profession), Town.Stranger), (Town.OtherNurse, Town.Patient) })
        {
            (await GetAsync(by, $"/patients/{patient}/ledger")).Text.ShouldNotContain("踵の除圧");
            (await GetAsync(by, $"/patients/{patient}/ask")).Text.ShouldNotContain("フミ");
            (await GetAsync(by, $"/patients/{patient}/verbal")).Text.ShouldNotContain("フミ");
        }

        (await GetAsync(Town.Of(profession), $"/patients/{Town.Patient}/verbal?culture=en")).Text.Contains("I read it back", StringComparison.Ordinal)
            .ShouldBe(Permissions.Allows(Act.EnterVerbalOrder, profession));
    }

    [Theory, MemberData(nameof(Professions))]
    public async Task telling_what_was_noticed_is_for_the_person_and_the_family_of_that_record(Profession profession)
    {
        (await GetAsync(Town.Of(profession), $"/patients/{Town.Patient}/tell?culture=en")).Text.Contains("Tell the team", StringComparison.Ordinal)
            .ShouldBe(Permissions.Allows(Act.WriteBedsideNote, profession));
        foreach (var (by, patient) in new[] { (Town.Of(profession, related: false), Town.Patient), (Town.Of(profession), Town.Stranger), (Town.Of(profession), Town.OtherPatient) })
        {
            (await GetAsync(by, $"/patients/{patient}/tell?culture=en")).Text.ShouldNotContain("Tell the team");
        }
    }

    [Theory, MemberData(nameof(Professions))]
    public async Task conversations_are_for_the_team_alone_and_neither_there_nor_elsewhere_for_relatives(Profession profession)
    {
        var (conversation, nurse) = (Guid.CreateVersion7(), Town.Of(Profession.Nurse));
        await host.MustAsync(nurse, new HomeCare.Conversations.OpenConversation(conversation, Town.Patient, "夜間の見守り", "肩にあざがあります",
            [new HomeCare.Instructions.Addressee(HomeCare.Instructions.AddresseeKind.Profession, null, Profession.Physician)], new HomeCare.Conversations.AnswerNeeded()));
        var sees = Permissions.SeesTeamOnly(profession);
        (await GetAsync(Town.Of(profession), $"/patients/{Town.Patient}/talk")).Text.Contains("夜間の見守り", StringComparison.Ordinal).ShouldBe(sees);
        (await GetAsync(Town.Of(profession), $"/patients/{Town.Patient}/talk/{conversation}")).Text.Contains("あざがあります", StringComparison.Ordinal).ShouldBe(sees);
        (await GetAsync(Town.Of(profession), $"/patients/{Town.Patient}/talk/new?culture=en")).Text.Contains("For information", StringComparison.Ordinal).ShouldBe(Permissions.Allows(Act.Converse, profession));
        foreach (var path in new[] { "", "/ledger" })
        {
            (await GetAsync(Town.Of(profession), $"/patients/{Town.Patient}{path}")).Text.Contains("あざがあります", StringComparison.Ordinal).ShouldBe(sees, path);
        }

        if (!sees)
        {
            (await GetAsync(Town.Of(profession), $"/patients/{Town.Patient}/brief")).Text.ShouldNotContain("あざがあります");
        }

        (await GetAsync(Town.Of(profession), "/instructions?show=all")).Text.Contains("あざがあります", StringComparison.Ordinal).ShouldBe(sees);
        foreach (var by in new[] { Town.Of(profession, related: false), Town.OtherNurse })
        {
            foreach (var path in new[] { "/talk", $"/talk/{conversation}", "/talk/new" })
            {
                var text = (await GetAsync(by, $"/patients/{Town.Patient}{path}")).Text;
                text.ShouldNotContain("あざがあります");
                text.ShouldNotContain("夜間の見守り");
                text.ShouldNotContain("フミ");
            }
        }

        (await GetAsync(nurse, $"/patients/{Town.Stranger}/talk/{conversation}")).Text.ShouldNotContain("あざがあります");
    }

    [Theory, MemberData(nameof(Professions))]
    public async Task handovers_are_for_the_team_alone_and_not_there_for_relatives_and_strangers(Profession profession)
    {
        var (handover, nurse) = (Guid.CreateVersion7(), Town.Of(Profession.Nurse));
        await host.MustAsync(nurse, new HomeCare.Handovers.SendHandover(
            handover, Town.Patient, new HomeCare.Instructions.Addressee(HomeCare.Instructions.AddresseeKind.Profession, null, Profession.Physician),
            new HomeCare.Handovers.Sbar("右の脇腹にあざ", null, null, "診察をお願いします")));
        var sees = Permissions.SeesTeamOnly(profession);
        foreach (var path in new[] { "/handover", $"/handover/{handover}", "" })
        {
            (await GetAsync(Town.Of(profession), $"/patients/{Town.Patient}{path}")).Text.Contains("脇腹にあざ", StringComparison.Ordinal).ShouldBe(sees, path);
            (await GetAsync(Town.Of(profession, related: false), $"/patients/{Town.Patient}{path}")).Text.ShouldNotContain("脇腹にあざ");
            (await GetAsync(Town.OtherNurse, $"/patients/{Town.Patient}{path}")).Text.ShouldNotContain("フミ");
        }

        (await GetAsync(Town.Of(profession), $"/patients/{Town.Patient}/handover/new?culture=en")).Text.Contains("To whom", StringComparison.Ordinal).ShouldBe(Permissions.Allows(Act.HandOver, profession));
        foreach (var by in new[] { Town.Of(profession, related: false), Town.OtherNurse })
        {
            (await GetAsync(by, $"/patients/{Town.Patient}/handover/new")).Text.ShouldNotContain("フミ");
        }

        (await GetAsync(nurse, $"/patients/{Town.Stranger}/handover/{handover}")).Text.ShouldNotContain("脇腹にあざ");
        // On the day of those whom it waits for, and of the one who sent it.
        (await GetAsync(Town.Of(profession), "/")).Text.Contains("脇腹にあざ", StringComparison.Ordinal).ShouldBe(profession is Profession.Physician or Profession.Nurse);
    }

    [Theory, MemberData(nameof(Professions))]
    public async Task the_past_of_a_record_is_for_the_team_that_may_see_it_now(Profession profession)
    {
        var (open, hidden, nurse, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Town.Of(Profession.Nurse), TimeProvider.System.GetUtcNow());
        await host.MustAsync(nurse, new HomeCare.Visits.RecordVisit(open, Town.Patient, now.AddSeconds(-3), now.AddSeconds(-2)) { Note = new("庭を歩いた") });
        await host.MustAsync(nurse, new HomeCare.Visits.RecordVisit(hidden, Town.Patient, now.AddSeconds(-3), now.AddSeconds(-2)) { Note = new("背中にあざ"), TeamOnly = true });
        var at = HomeCare.Web.Parts.LocalTime.Of(now)[..16] + ":59";
        while (TimeProvider.System.GetUtcNow() <= HomeCare.Web.Parts.LocalTime.Parse(at))
        {
            at = JapanTime.Of(TimeProvider.System.GetUtcNow()).ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture);
        }

        foreach (var tab in new[] { "timeline", "brief", "board" })
        {
            var path = $"/patients/{Town.Patient}/known?at={at}&show={tab}";
            foreach (var stranger in new[] { Town.Of(profession, related: false), Town.OtherNurse })
            {
                (await GetAsync(stranger, path)).Text.ShouldNotContain("フミ");
            }

            var text = (await GetAsync(Town.Of(profession), path)).Text;
            text.Contains("フミ", StringComparison.Ordinal).ShouldBe(Permissions.SeesTeamOnly(profession));
            if (tab == "timeline")
            {
                text.Contains("庭を歩いた", StringComparison.Ordinal).ShouldBe(Permissions.SeesTeamOnly(profession));
            }

            text.Contains("背中にあざ", StringComparison.Ordinal).ShouldBe(tab == "timeline" && Permissions.SeesTeamOnly(profession), tab);
        }
    }

    [Theory]
    [InlineData("2999-01-01T00:00", "まだ来ていない時点です")]
    [InlineData("yesterday", "日時を読み取れません")]
    [InlineData("", "日時を読み取れません")]
    [InlineData("1950-01-01T00:00", "まだ登録されていませんでした")]
    [InlineData("0001-01-01T00:00", "日時を読み取れません")]
    [InlineData("2999-01-01T00:00&before=99999999999999999999-1", "まだ来ていない時点です")]
    public async Task a_moment_that_is_none_is_answered_in_a_sentence(string at, string sentence)
    {
        var answer = await GetAsync(Town.Of(Profession.Nurse), $"/patients/{Town.Patient}/known?culture=ja&at={at}");
        answer.Text.ShouldContain(sentence);
        answer.Text.ShouldNotContain("時点で分かっていたこと");
    }

    [Fact]
    public async Task the_source_of_a_line_is_read_by_the_team_and_one_for_the_team_only_is_not_there_for_relatives()
    {
        var (nurse, family, now) = (Town.Of(Profession.Nurse), Town.Of(Profession.Family), TimeProvider.System.GetUtcNow());
        var (open, hidden) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.MustAsync(nurse, new HomeCare.Visits.RecordVisit(open, Town.Patient, now.AddMinutes(-60), now.AddMinutes(-20)) { Note = new("よく眠れた") });
        await host.MustAsync(nurse, new HomeCare.Visits.RecordVisit(hidden, Town.Patient, now.AddMinutes(-60), now.AddMinutes(-20)) { Note = new("あざがある"), TeamOnly = true });
        (await GetAsync(family, $"/patients/{Town.Patient}/source/{open}")).Text.ShouldContain("よく眠れた");
        (await GetAsync(nurse, $"/patients/{Town.Patient}/source/{hidden}")).Text.ShouldContain("あざがある");
        (await GetAsync(family, $"/patients/{Town.Patient}/source/{hidden}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(family, $"/patients/{Town.Patient}/brief")).Text.ShouldNotContain("あざがある");
        (await GetAsync(Town.OtherNurse, $"/patients/{Town.Patient}/source/{open}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var hiddenAt = (await host.Services.GetRequiredService<HomeCare.Timeline.TimelineReader>().OfSubjectAsync(nurse, Town.Patient, hidden, TestContext.Current.CancellationToken))!.Single().Sequence;
        (await GetAsync(nurse, $"/patients/{Town.Patient}/entry/{hiddenAt}")).Text.ShouldContain("あざがある");
        (await GetAsync(family, $"/patients/{Town.Patient}/entry/{hiddenAt}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(nurse, $"/patients/{Town.Patient}/entry/{long.MaxValue}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task an_administrators_pages_hold_nothing_clinical()
    {
        await host.MustAsync(Town.Of(Profession.Nurse), new HomeCare.Patients.RecordAllergy(
            Town.Patient, Guid.CreateVersion7(), new HomeCare.Patients.Allergy("ヨード造影剤", null, HomeCare.Patients.AllergyKind.Medicine, null, null, HomeCare.Patients.AllergyStatus.Active)));
        (await GetAsync(Town.Of(Profession.Nurse), $"/patients/{Town.Patient}/profile")).Text.ShouldContain("ヨード造影剤");
        foreach (var path in Administrators.Append("/"))
        {
            var (_, text) = await GetAsync(Town.Of(Profession.Administrator), path);
            text.ShouldNotContain("ヨード造影剤");
            text.ShouldNotContain("1938");
        }
    }

    [Fact]
    public async Task without_a_session_every_page_asks_to_sign_in()
    {
        using var client = host.Anonymous();
        foreach (var path in Administrators.Append($"/patients/{Town.Patient}/profile").Append($"/patients/{Town.Patient}/brief").Append($"/patients/{Town.Patient}/entry/1"))
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.Redirect, path);
            response.Headers.Location!.ToString().ShouldContain("/sign-in");
        }
    }
}
