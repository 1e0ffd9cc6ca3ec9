using Bunit;
using HomeCare.Medicines;
using HomeCare.Organisations;
using HomeCare.Patients;
using HomeCare.People;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Web.Profile;
using HomeCare.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using TestContext = Xunit.TestContext;

namespace HomeCare.Web.Tests.Profile;

/// <summary>What is changed in a profile's dialogs, as the record has it afterwards.</summary>
public sealed class DialogsTests(WebHost host) : IClassFixture<WebHost>
{
    private static readonly Actor Nurse = Town.Of(Profession.Nurse);
    private static readonly Actor Physician = Town.Of(Profession.Physician);
    private static readonly Actor Family = Town.Of(Profession.Family);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PatientReader Patients => host.Services.GetRequiredService<PatientReader>();

    private PeopleReader People => host.Services.GetRequiredService<PeopleReader>();

    private async Task<PatientSummary> SummaryAsync(Actor by) => (await Patients.SummaryAsync(by, Town.Patient, Ct))!;

    private static async Task SendUntilAsync<T>(IRenderedComponent<T> page, Func<bool> done) where T : IComponent
    {
        await page.SendAsync();
        page.WaitForAssertion(() => done().ShouldBeTrue(), LivePages.Patience);
    }

    [Fact]
    public async Task an_allergy_is_recorded_once_whatever_is_pressed_and_seen_by_all()
    {
        var done = 0;
        await using var pages = new LivePages(host, Nurse);
        var page = pages.Render<AllergyDialog>(p => p.Add(d => d.PatientId, Town.Patient).Add(d => d.OnDone, () => done++));
        page.Type("allergy-substance", "  ラテックス ");
        page.Choose("allergy-severity", AllergySeverity.Severe);
        var head = await host.Store.HeadAsync(Ct);
        await Task.WhenAll(page.SendAsync(), page.SendAsync());
        await SendUntilAsync(page, () => done >= 1);
        var known = (await SummaryAsync(Family)).Allergies.Where(a => a.Allergy.Substance == "ラテックス").ShouldHaveSingleItem();
        known.Allergy.Severity.ShouldBe(AllergySeverity.Severe);
        (await host.Store.ReadAllAsync(head, 100, Town.Tenant, Ct)).Count(e => e.Data is AllergyRecorded).ShouldBe(1);
    }

    [Fact]
    public async Task what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost()
    {
        await using var pages = new LivePages(host, Nurse, "en");
        var page = pages.Render<AllergyDialog>(p => p.Add(d => d.PatientId, Town.Patient));
        page.Type("allergy-reaction", "発疹");
        page.Choose("allergy-noted", "2199-01-01");
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("allergy-substance").ShouldBe("This is needed."), LivePages.Patience);
        page.Type("allergy-substance", "そば");
        page.Wrong("allergy-substance").ShouldBeNull();
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("allergy-noted").ShouldNotBeNull(), LivePages.Patience);
        page.Find("#allergy-reaction").GetAttribute("value").ShouldBe("発疹");
    }

    [Fact]
    public async Task who_may_not_is_refused_in_a_sentence()
    {
        await using var pages = new LivePages(host, Family, "en");
        var page = pages.Render<AllergyDialog>(p => p.Add(d => d.PatientId, Town.Patient));
        page.Type("allergy-substance", "花粉");
        await page.SendAsync();
        page.WaitForElement(".banner-stop", LivePages.Patience).TextContent.ShouldNotContain("act.not_permitted");
        (await SummaryAsync(Nurse)).Allergies.ShouldNotContain(a => a.Allergy.Substance == "花粉");
    }

    [Fact]
    public async Task an_undisclosed_condition_is_kept_from_the_family_until_it_is_disclosed()
    {
        var done = 0;
        await using var pages = new LivePages(host, Physician, "en");
        var page = pages.Render<ConditionDialog>(p => p.Add(d => d.PatientId, Town.Patient).Add(d => d.OnDone, () => done++));
        page.Type("condition-name", "膵がん");
        page.Find("#condition-team-only").Change(true);
        await SendUntilAsync(page, () => done == 1);
        var known = (await SummaryAsync(Physician)).Conditions.Single(c => c.Condition.Name == "膵がん");
        known.TeamOnly.ShouldBeTrue();
        (await SummaryAsync(Family)).Conditions.ShouldNotContain(c => c.Condition.Name == "膵がん");

        var again = pages.Render<ConditionDialog>(p => p.Add(d => d.PatientId, Town.Patient).Add(d => d.Known, known).Add(d => d.OnDone, () => done++));
        again.Words().ShouldNotContain("Once saved");
        again.Find("#condition-team-only").Change(false);
        again.Words().ShouldContain("Once saved, the person and relatives see this condition.");
        await SendUntilAsync(again, () => done == 2);
        (await SummaryAsync(Family)).Conditions.ShouldContain(c => c.Condition.Name == "膵がん");
    }

    [Fact]
    public async Task a_physician_switches_the_score_off_with_reason_and_day_and_on_again()
    {
        var done = 0;
        var summary = await SummaryAsync(Physician);
        await using var pages = new LivePages(host, Physician, "en");
        var page = pages.Render<News2OffDialog>(p => p.Add(d => d.Summary, summary).Add(d => d.OnDone, () => done++));
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("news2-reason").ShouldBe("This is needed."), LivePages.Patience);
        page.Choose("news2-reason", News2OffReason.Other);
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("news2-note").ShouldBe("This is needed."), LivePages.Patience);
        page.Type("news2-note", "脊椎の手術後");
        await SendUntilAsync(page, () => done == 1);
        (await SummaryAsync(Family)).News2Off.ShouldBe(new News2Off(News2OffReason.Other, JapanTime.DayOf(TimeProvider.System.GetUtcNow()), "脊椎の手術後"));

        var on = pages.Render<News2EndDialog>(p => p.Add(d => d.Summary, summary).Add(d => d.OnDone, () => done++));
        on.Type("news2-end-reason", "回復");
        await SendUntilAsync(on, () => done == 2);
        (await SummaryAsync(Family)).News2Off.ShouldBeNull();
    }

    [Fact]
    public async Task scale_2_needs_evidence_and_a_target_that_can_be_and_is_taken_back()
    {
        var done = 0;
        var summary = await SummaryAsync(Physician);
        await using var pages = new LivePages(host, Physician, "en");
        var page = pages.Render<Scale2Dialog>(p => p.Add(d => d.Summary, summary).Add(d => d.OnDone, () => done++));
        page.Find("#scale2-low").GetAttribute("value").ShouldBeNullOrEmpty("no target is proposed");
        page.Type("scale2-low", "八十八");
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("scale2-high").ShouldBe("This is needed."), LivePages.Patience);
        page.Type("scale2-low", "92");
        page.Type("scale2-high", "88");
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("scale2-evidence").ShouldBe("This is needed."), LivePages.Patience);
        page.Type("scale2-evidence", "PaCO₂ 58 mmHg");
        page.Type("scale2-low", "88");
        page.Type("scale2-high", "92");
        await SendUntilAsync(page, () => done == 1);
        (await SummaryAsync(Nurse)).Scale2!.TargetHigh.ShouldBe(92);

        var back = pages.Render<News2EndDialog>(p => p.Add(d => d.Summary, summary).Add(d => d.Scale, true).Add(d => d.OnDone, () => done++));
        await SendUntilAsync(back, () => done == 2);
        (await SummaryAsync(Nurse)).Scale2.ShouldBeNull();
    }

    [Fact]
    public async Task another_name_takes_the_codes_away_that_stood_for_the_first()
    {
        var id = Guid.CreateVersion7();
        await host.MustAsync(Physician, new RecordCondition(Town.Patient, id, new Condition("高血圧症", [new Code("http://hl7.org/fhir/sid/icd-10", "I10", "高血圧症")], ConditionStatus.Active)));
        var known = (await SummaryAsync(Physician)).Conditions.Single(c => c.ConditionId == id);
        var done = 0;
        await using var pages = new LivePages(host, Physician);
        var page = pages.Render<ConditionDialog>(p => p.Add(d => d.PatientId, Town.Patient).Add(d => d.Known, known).Add(d => d.OnDone, () => done++));
        page.Type("condition-note", "内服で安定");
        await SendUntilAsync(page, () => done == 1);
        (await SummaryAsync(Physician)).Conditions.Single(c => c.ConditionId == id).Condition.Codes.ShouldNotBeNull().Count.ShouldBe(1);
        page.Type("condition-name", "白衣高血圧");
        await SendUntilAsync(page, () => done == 2);
        (await SummaryAsync(Physician)).Conditions.Single(c => c.ConditionId == id).Condition.Codes.ShouldBeNull();
    }

    [Fact]
    public async Task contacts_are_called_in_the_order_they_are_put_and_an_empty_line_is_none()
    {
        await host.MustAsync(Nurse, new SetContacts(Town.Patient, [new Contact("一番", "長女", "03-1"), new Contact("二番", "次女", "03-2")]));
        var done = 0;
        var summary = await SummaryAsync(Nurse);
        await using var pages = new LivePages(host, Nurse, "en");
        var page = pages.Render<ContactsDialog>(p => p.Add(d => d.Summary, summary).Add(d => d.OnDone, () => done++));
        page.Find("[aria-label='Move contact 2 up']").Click();
        page.Find(".form > .button-start").Click();
        page.FindAll("fieldset").Count.ShouldBe(3);
        await SendUntilAsync(page, () => done == 1);
        (await SummaryAsync(Family)).Contacts.Select(c => c.Name).ShouldBe(["二番", "一番"]);

        page.Type("contact-0-telephone", "");
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("contact-0-telephone").ShouldBe("This is needed."), LivePages.Patience);
        page.Words().ShouldNotContain("Somebody else changed this");
        page.Render(p => p.Add(d => d.Summary, summary with { Contacts = [] }));
        page.Words().ShouldContain("Somebody else changed this while it was open.");
    }

    [Fact]
    public async Task identity_and_care_level_are_corrected_and_numbers_of_other_systems_stay()
    {
        var source = new SourceIdentifier("urn:oid:1.2.392.100495.20.3.51.1", "00000010");
        var before = (await SummaryAsync(Nurse)).Details;
        await host.MustAsync(Nurse, new CorrectPatientDetails(Town.Patient, before with { Identifiers = [source], Telephones = ["03-1111-0000"] }));
        var done = 0;
        var summary = await SummaryAsync(Nurse);
        await using var pages = new LivePages(host, Nurse, "en");
        var page = pages.Render<DetailsDialog>(p => p.Add(d => d.Summary, summary).Add(d => d.OnDone, () => done++));
        page.Type("details-familyKana", "漢字");
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("details-familyKana").ShouldNotBeNull(), LivePages.Patience);
        page.Type("details-familyKana", "オカモト");
        page.Type("details-telephone-2", "090-2222-0000");
        await SendUntilAsync(page, () => done == 1);
        var after = (await SummaryAsync(Nurse)).Details;
        after.Telephones.ShouldBe(["03-1111-0000", "090-2222-0000"]);
        after.Identifiers.ShouldBe([source]);
        after.BirthDate.ShouldBe(before.BirthDate);

        var level = pages.Render<CareLevelDialog>(p => p.Add(d => d.Summary, summary).Add(d => d.OnDone, () => done++));
        level.Choose("level", CareLevel.Care3);
        level.Choose("level-from", "2026-04-01");
        level.Choose("level-until", "2026-03-01");
        await level.SendAsync();
        level.WaitForAssertion(() => level.Wrong("level-until").ShouldNotBeNull(), LivePages.Patience);
        level.Choose("level-until", "2027-03-31");
        await SendUntilAsync(level, () => done == 2);
        (await SummaryAsync(Family)).CareLevel.ShouldBe(new CareLevelPeriod(CareLevel.Care3, new DateOnly(2026, 4, 1), new DateOnly(2027, 3, 31)));
    }

    [Fact]
    public async Task a_medicine_is_recorded_and_once_stopped_stands_among_the_past()
    {
        var done = 0;
        await using var pages = new LivePages(host, Physician, "en");
        var page = pages.Render<MedicineDialog>(p => p.Add(d => d.PatientId, Town.Patient).Add(d => d.By, Physician).Add(d => d.Allergies, ["ペニシリン系"]).Add(d => d.OnDone, () => done++));
        page.Words().ShouldContain("Allergy: ペニシリン系");
        page.Type("medicine-name", "アムロジピン錠5mg");
        page.Type("medicine-days", "1.5");
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("medicine-days").ShouldNotBeNull(), LivePages.Patience);
        page.Type("medicine-days", "１４");
        await SendUntilAsync(page, () => done == 1);
        var taken = (await SummaryAsync(Nurse)).Medicines.Single(m => m.Prescription.Name == "アムロジピン錠5mg");
        taken.Prescription.Days.ShouldBe(14);
        taken.Prescription.Prescriber.ShouldBe(Physician.Name);

        var stop = pages.Render<StopMedicineDialog>(p => p.Add(d => d.Medicine, taken).Add(d => d.OnDone, () => done++));
        await stop.SendAsync();
        stop.WaitForAssertion(() => stop.Wrong("stop-reason").ShouldBe("This is needed."), LivePages.Patience);
        stop.Type("stop-reason", "血圧が下がったため");
        await SendUntilAsync(stop, () => done == 2);
        (await SummaryAsync(Nurse)).Medicines.ShouldNotContain(m => m.MedicineId == taken.MedicineId);
        var past = (await Patients.PastMedicinesAsync(Nurse, Town.Patient, Ct))!.Single(m => m.MedicineId == taken.MedicineId);
        past.Status.ShouldBe(PrescriptionStatus.Stopped);
        past.EndedOn.ShouldBe(JapanTime.DayOf(TimeProvider.System.GetUtcNow()));
        (await Patients.PastMedicinesAsync(Town.Of(Profession.Nurse, related: false), Town.Patient, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task a_visit_is_planned_moved_and_cancelled()
    {
        var visits = host.Services.GetRequiredService<VisitReader>();
        var reachable = (await People.ReachableAsync(Nurse, Town.Patient, Ct))!;
        var done = 0;
        await using var pages = new LivePages(host, Nurse, "en");
        var page = pages.Render<PlanDialog>(p => p.Add(d => d.PatientId, Town.Patient).Add(d => d.By, Nurse).Add(d => d.Reachable, reachable).Add(d => d.OnDone, () => done++));
        page.FindAll("#plan-visitor option").ShouldNotContain(o => o.TextContent.Contains(Family.Name));
        page.Find("#plan-visitor option[selected]").GetAttribute("value").ShouldBe(Nurse.PersonId.ToString());
        page.Type("plan-minutes", "3");
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("plan-minutes").ShouldNotBeNull(), LivePages.Patience);
        page.Type("plan-minutes", "45");
        page.Type("plan-purpose", "採血");
        await SendUntilAsync(page, () => done == 1);
        var planned = (await visits.PlannedAsync(Nurse, Town.Patient, Ct))!.Single(v => v.Purpose == "採血");

        var move = pages.Render<PlanDialog>(p => p.Add(d => d.PatientId, Town.Patient).Add(d => d.By, Nurse).Add(d => d.Visit, planned).Add(d => d.Reachable, reachable).Add(d => d.OnDone, () => done++));
        move.Choose("plan-visitor", Physician.PersonId);
        await SendUntilAsync(move, () => done == 2);
        var moved = (await visits.PlannedAsync(Nurse, Town.Patient, Ct))!.Single(v => v.Purpose == "採血");
        (moved.VisitId, moved.VisitorName, moved.PlannedAt).ShouldBe((planned.VisitId, Physician.Name, planned.PlannedAt));

        var cancel = pages.Render<CancelVisitDialog>(p => p.Add(d => d.Visit, moved).Add(d => d.OnDone, () => done++));
        cancel.Type("cancel-reason", "受診のため");
        await SendUntilAsync(cancel, () => done == 3);
        (await visits.PlannedAsync(Nurse, Town.Patient, Ct))!.ShouldNotContain(v => v.VisitId == planned.VisitId);
    }

    [Fact]
    public async Task an_organisation_joins_until_the_end_of_its_last_day_and_leaves()
    {
        var pharmacist = Town.Of(Profession.Pharmacist, related: false);
        var last = JapanTime.DayOf(TimeProvider.System.GetUtcNow()).AddDays(7);
        var done = 0;
        await using var pages = new LivePages(host, Nurse, "en");
        var page = pages.Render<JoinTeamDialog>(p => p.Add(d => d.PatientId, Town.Patient).Add(d => d.By, Nurse).Add(d => d.Team, []).Add(d => d.OnDone, () => done++));
        page.WaitForElement($"#join-organisation option[value='{pharmacist.OrganisationId}']", LivePages.Patience);
        await page.SendAsync();
        page.WaitForAssertion(() => page.Wrong("join-organisation").ShouldBe("This is needed."), LivePages.Patience);
        page.Choose("join-organisation", pharmacist.OrganisationId!);
        page.Type("join-role", "代わりの薬局");
        page.Choose("join-until", last.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await SendUntilAsync(page, () => done == 1);
        var member = (await SummaryAsync(pharmacist)).Team.Single(m => m.OrganisationId == pharmacist.OrganisationId);
        (member.Role, member.Until).ShouldBe(("代わりの薬局", JapanTime.StartOf(last.AddDays(1))));

        var leave = pages.Render<LeaveTeamDialog>(p => p.Add(d => d.PatientId, Town.Patient).Add(d => d.Member, member).Add(d => d.By, Nurse).Add(d => d.OnDone, () => done++));
        leave.Words().ShouldContain("open screens are cleared");
        await SendUntilAsync(leave, () => done == 2);
        (await Patients.SummaryAsync(pharmacist, Town.Patient, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task staff_are_found_by_part_of_a_name_relatives_by_their_whole_name()
    {
        await host.MustAsync(Town.Of(Profession.Administrator), new RegisterPerson(Guid.CreateVersion7(), "探田 花子", "サガタ ハナコ", Profession.Family));
        (await People.FindAsync(Nurse, "さがた", Ct)).ShouldBeEmpty();
        (await People.FindAsync(Nurse, "探田花子", Ct)).ShouldHaveSingleItem();
        (await People.FindAsync(Nurse, "さがたはなこ", Ct)).ShouldHaveSingleItem();
        (await People.FindAsync(Nurse, "Pharmacist", Ct)).Count.ShouldBe(2);
        (await People.FindAsync(Nurse, "P", Ct)).ShouldBeEmpty();
        foreach (var profession in Town.Professions.Where(p => !Permissions.Allows(Act.ManageCareTeam, p)))
        {
            (await People.FindAsync(Town.Of(profession), "Pharmacist", Ct)).ShouldBeEmpty();
        }

        (await People.FindAsync(Town.OtherNurse, "Pharmacist", Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_person_is_found_chosen_and_joins()
    {
        var helper = Town.Of(Profession.Helper, related: false);
        var done = 0;
        await using var pages = new LivePages(host, Physician, "en");
        var page = pages.Render<JoinTeamDialog>(p => p.Add(d => d.PatientId, Town.Patient).Add(d => d.By, Physician).Add(d => d.Team, []).Add(d => d.OnDone, () => done++));
        Rendered.Again(() => page.Find("[name=join-who][value=person]").Change("person"));
        page.WaitForElement("#join-search", LivePages.Patience).Input("helper out");
        page.WaitForElement($"[name=join-person][value='{helper.PersonId}']", LivePages.Patience).Change(helper.PersonId.ToString());
        await SendUntilAsync(page, () => done == 1);
        (await SummaryAsync(helper)).Team.ShouldContain(m => m.PersonId == helper.PersonId && m.OfficeName == helper.OrganisationName);
    }
}
