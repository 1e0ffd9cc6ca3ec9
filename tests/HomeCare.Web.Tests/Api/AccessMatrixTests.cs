using System.Net;
using HomeCare.Web.Tests.Support;
using static HomeCare.Profession;

namespace HomeCare.Web.Tests.Api;

/// <summary>Every command × every profession × related to the person or not × another community, over HTTP.</summary>
public sealed class AccessMatrixTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Profession[] Nurses = [Nurse, PublicHealthNurse, Midwife];
    private static readonly Profession[] Doctors = [Physician, Dentist];
    private static readonly Profession[] Therapists = [PhysicalTherapist, OccupationalTherapist, SpeechTherapist];
    private static readonly Profession[] Takers = [.. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager, Helper];
    private static readonly Profession[] Visitors = [.. Doctors, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager, Helper];
    private static readonly Profession[] Measurers = [.. Doctors, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, Helper, Family, Patient];
    private static readonly Profession[] Keepers = [.. Doctors, .. Nurses, CareManager];
    private static readonly Profession[] Nobody = [];

    /// <summary>The table "Who may do what", written down a second time and by command. A new command must be entered here.</summary>
    private static readonly Dictionary<string, (Profession[] Open, Needs Needs)> Table = new()
    {
        ["found-community"] = (Nobody, Needs.Nothing),
        ["define-news2-acts"] = ([Administrator], Needs.Nothing),
        ["define-escalation"] = ([Administrator], Needs.Nothing),
        ["set-rota"] = ([.. Visitors, Administrator], Needs.Nothing),
        ["hand-over-duty"] = ([.. Visitors, Administrator], Needs.Nothing),
        ["set-patient-cover"] = ([.. Keepers, Administrator], Needs.RelationButOfAdministrators),
        ["change-instruction"] = (Doctors, Needs.Relation),
        ["enter-verbal-order"] = (Nurses, Needs.Relation),
        ["confirm-verbal-order"] = (Doctors, Needs.Relation),
        ["reject-verbal-order"] = (Doctors, Needs.Relation),
        ["finish-medicine-task"] = ([.. Doctors, .. Nurses, AssistantNurse, Pharmacist, CareManager], Needs.Relation),
        ["raise-request"] = ([.. Doctors, .. Takers], Needs.Relation),
        ["answer-request"] = ([.. Doctors, .. Takers], Needs.Relation),
        ["open-conversation"] = ([.. Doctors, .. Takers], Needs.Relation),
        ["write-post"] = ([.. Doctors, .. Takers], Needs.Relation),
        ["mark-conversation-read"] = ([.. Doctors, .. Takers], Needs.Relation),
        ["send-handover"] = ([.. Doctors, .. Takers], Needs.Relation),
        ["acknowledge-handover"] = ([.. Doctors, .. Takers], Needs.Relation),
        ["withdraw-handover"] = ([.. Doctors, .. Takers], Needs.Relation),
        ["close-request"] = ([.. Doctors, .. Takers], Needs.Relation),
        ["open-occasion"] = (Nobody, Needs.Relation),
        ["expire-instruction"] = (Nobody, Needs.Relation),
        ["escalate-instruction"] = (Nobody, Needs.Relation),
        ["register-organisation"] = ([Administrator], Needs.Nothing),
        ["register-person"] = ([Administrator], Needs.Nothing),
        ["join-organisation"] = ([Administrator], Needs.Nothing),
        ["leave-organisation"] = ([Administrator], Needs.Nothing),
        ["deactivate-person"] = ([Administrator], Needs.Nothing),
        ["register-patient"] = ([.. Keepers, Administrator], Needs.Nothing),
        ["correct-patient-details"] = (Keepers, Needs.Relation),
        ["set-contacts"] = (Keepers, Needs.Relation),
        ["set-care-level"] = (Keepers, Needs.Relation),
        ["record-condition"] = ([.. Doctors, .. Nurses, Pharmacist], Needs.Relation),
        ["record-allergy"] = ([.. Doctors, .. Nurses, Pharmacist], Needs.Relation),
        ["write-bedside-note"] = ([Family, Patient], Needs.Relation),
        ["take-back-bedside-note"] = ([Family, Patient], Needs.Relation),
        ["record-wishes"] = ([Physician, .. Nurses, CareManager, Family, Patient], Needs.Relation),
        ["confirm-wishes"] = ([Physician], Needs.Relation),
        ["withdraw-wishes"] = ([Physician, .. Nurses, CareManager, Family, Patient], Needs.Relation),
        ["set-target-range"] = ([Physician], Needs.Relation),
        ["remove-target-range"] = ([Physician], Needs.Relation),
        ["switch-news2-off"] = ([Physician], Needs.Relation),
        ["switch-news2-on"] = ([Physician], Needs.Relation),
        ["use-spo2-scale2"] = ([Physician], Needs.Relation),
        ["use-spo2-scale1"] = ([Physician], Needs.Relation),
        ["join-care-team"] = ([.. Keepers, Administrator], Needs.RelationButOfAdministrators),
        ["leave-care-team"] = ([.. Keepers, Administrator], Needs.RelationButOfAdministrators),
        ["plan-visit"] = ([.. Visitors.Except([Helper])], Needs.Relation),
        ["cancel-visit"] = ([.. Visitors.Except([Helper])], Needs.Relation),
        ["start-visit"] = (Visitors, Needs.Relation),
        ["record-visit"] = (Visitors, Needs.Relation),
        ["complete-visit"] = (Visitors, Needs.Relation),
        ["correct-vitals"] = (Visitors, Needs.Relation),
        ["correct-visit-note"] = (Visitors, Needs.Relation),
        ["enter-visit-in-error"] = (Visitors, Needs.Relation),
        ["record-vitals"] = (Measurers, Needs.Relation),
        ["correct-measurement"] = (Measurers, Needs.Relation),
        ["enter-vitals-in-error"] = (Measurers, Needs.Relation),
        ["issue-instruction"] = (Doctors, Needs.Relation),
        ["mark-instruction-delivered"] = ([.. Doctors, .. Takers], Needs.Relation),
        ["mark-instruction-read"] = ([.. Doctors, .. Takers], Needs.Relation),
        ["take-instruction"] = (Takers, Needs.Relation),
        ["question-instruction"] = (Takers, Needs.Relation),
        ["answer-question"] = (Doctors, Needs.Relation),
        ["complete-instruction"] = (Takers, Needs.Relation),
        ["countersign-instruction"] = ([.. Doctors, .. Nurses, Pharmacist], Needs.Relation),
        ["decline-instruction"] = (Takers, Needs.Relation),
        ["close-instruction"] = (Doctors, Needs.Relation),
        ["record-medicine"] = ([.. Doctors, Pharmacist], Needs.Relation),
        ["stop-medicine"] = ([.. Doctors, Pharmacist], Needs.Relation),
        ["record-encounter"] = (Nobody, Needs.Relation),
        ["draft-nursing-order"] = ([Physician], Needs.Relation),
        ["issue-nursing-order"] = ([Physician], Needs.Relation),
        ["sign-nursing-order"] = ([Physician, .. Nurses], Needs.Relation),
        ["withdraw-nursing-order"] = ([Physician], Needs.Relation),
        ["acknowledge-alert"] = ([.. Doctors, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager], Needs.Relation),
        ["snooze-alert"] = ([.. Doctors, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager], Needs.Relation),
        ["judge-alert"] = ([.. Doctors, .. Nurses, AssistantNurse, .. Therapists, Pharmacist, CareManager], Needs.Relation),
    };

    private static readonly string[] AccessKeys = ["act.not_permitted", "patient.unknown", "person.no_longer_member", "session.missing"];

    private enum Needs
    {
        Nothing,
        Relation,
        RelationButOfAdministrators,
    }

    public static TheoryData<string> AllCommands => [.. new Commands().All.Select(c => c.Name)];

    [Theory, MemberData(nameof(AllCommands))]
    public async Task a_command_is_open_to_the_professions_of_the_table_that_are_related_and_to_nobody_else(string command)
    {
        Table.ShouldContainKey(command, "a new command must be entered into the table");
        var (open, needs) = Table[command];
        var things = await Things.MakeAsync(host);
        foreach (var profession in Town.Professions)
        {
            foreach (var related in new[] { true, false })
            {
                var client = await host.AsAsync(profession, related);
                using var response = await client.CommandAsync(command, Examples.Of(command, things));
                var key = response.StatusCode == HttpStatusCode.OK ? null : (await response.JsonAsync())["key"]!.GetValue<string>();
                var who = $"{command} by {profession}, {(related ? "related" : "not related")}: {response.StatusCode} {key}";
                var reaches = needs == Needs.Nothing || related || (needs == Needs.RelationButOfAdministrators && profession == Administrator);
                if (!reaches)
                {
                    (response.StatusCode, key).ShouldBe((HttpStatusCode.NotFound, "patient.unknown"), who);
                }
                else if (!open.Contains(profession))
                {
                    (response.StatusCode, key).ShouldBe((HttpStatusCode.Forbidden, "act.not_permitted"), who);
                }
                else
                {
                    AccessKeys.ShouldNotContain(key, who);
                    ((int)response.StatusCode).ShouldBeLessThan(500, who);
                }
            }
        }
    }

    [Theory, MemberData(nameof(AllCommands))]
    public async Task a_command_changes_nothing_of_another_community_and_nothing_without_a_session(string command)
    {
        var things = await Things.MakeAsync(host);
        var head = await host.Store.HeadAsync(TestContext.Current.CancellationToken);
        using var anonymous = host.Anonymous();
        using (var response = await anonymous.CommandAsync(command, Examples.Of(command, things)))
        {
            await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "session.missing");
        }

        var elsewhere = await host.AsAsync(Town.OtherNurse);
        using (var response = await elsewhere.CommandAsync(command, Examples.Of(command, things)))
        {
            if (Table[command].Needs != Needs.Nothing)
            {
                await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "patient.unknown");
            }
        }

        (await host.Store.ReadAllAsync(head, 100, Town.Tenant, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }
}
