using HomeCare.EventStore;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Timeline;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using Npgsql;

namespace HomeCare.Tests.Timelines;

/// <summary>What the views show, on a real database.</summary>
public sealed class TimelineTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task entries_come_newest_first_and_pages_meet_without_gap_or_double()
    {
        var c = await database.FoundAsync();
        for (var i = 0; i < 25; i++)
        {
            await c.Must(c.Nurse, c.Visit($"記録 {i}") with { StartedAt = Clock.Ago(100 - (i % 7)), EndedAt = Clock.Ago(1) });
        }

        var whole = (await c.Timeline.PageAsync(c.Nurse, c.Patient, TimelineFilter.Everything, limit: 200, ct: Ct))!;
        whole.More.ShouldBeFalse();
        var paged = new List<TimelineEntry>();
        TimelinePlace? place = null;
        while (true)
        {
            var page = (await c.Timeline.PageAsync(c.Nurse, c.Patient, TimelineFilter.Everything, older: place, limit: 4, ct: Ct))!;
            paged.AddRange(page.Entries);
            if (!page.More)
            {
                break;
            }

            place = TimelinePlace.Of(page.Entries[^1]);
        }

        paged.Select(e => e.Sequence).ShouldBe(whole.Entries.Select(e => e.Sequence));
        whole.Entries.Select(e => (e.OccurredAt, e.Sequence)).ShouldBe(whole.Entries.Select(e => (e.OccurredAt, e.Sequence)).OrderDescending());
        var back = (await c.Timeline.PageAsync(c.Nurse, c.Patient, TimelineFilter.Everything, newer: TimelinePlace.Of(paged[10]), limit: 5, ct: Ct))!;
        back.Entries.Select(e => e.Sequence).ShouldBe(paged.Skip(5).Take(5).Select(e => e.Sequence));
    }

    [Fact]
    public async Task the_outside_reads_by_sequence_both_ways()
    {
        var c = await database.FoundAsync();
        var receipts = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            receipts.Add((await c.Must(c.Nurse, c.Visit($"記録 {i}"))).Receipt.Sequence);
        }

        (await c.Timeline.ReadAsync(c.Nurse, c.Patient, null, receipts[1], 2, Ct))!.Select(e => e.Sequence).ShouldBe([receipts[2], receipts[3]]);
        (await c.Timeline.ReadAsync(c.Nurse, c.Patient, receipts[3], null, 2, Ct))!.Select(e => e.Sequence).ShouldBe([receipts[2], receipts[1]]);
    }

    [Fact]
    public async Task a_filter_shows_its_kind_and_its_professions()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Nurse, c.Visit("測定あり", new Vitals(Clock.Ago(20)) { Pulse = 80 }));
        await c.Must(c.Nurse, c.Visit("測定なし"));
        await c.Must(c.Physician, c.Instruct("褥瘡処置"));
        (await c.Timeline.PageAsync(c.Nurse, c.Patient, new TimelineFilter(EntryGroups.Vitals), ct: Ct))!.Entries.ShouldHaveSingleItem();
        (await c.Timeline.PageAsync(c.Nurse, c.Patient, new TimelineFilter(EntryGroups.Visits), ct: Ct))!.Entries.Count.ShouldBe(2);
        (await c.Timeline.PageAsync(c.Nurse, c.Patient, new TimelineFilter(EntryGroups.Lines, [Profession.Physician]), ct: Ct))!.Entries
            .ShouldHaveSingleItem().Kind.ShouldBe("instruction-issued");
    }

    [Fact]
    public async Task marks_of_a_chart_are_visits_instructions_and_medicines_of_its_period_that_the_reader_may_see()
    {
        var c = await database.FoundAsync();
        var wrong = c.Visit("別人の記録");
        await c.Must(c.Nurse, wrong);
        await c.Must(c.Nurse, new EnterVisitInError(wrong.VisitId, "別人"));
        await c.Must(c.Nurse, c.Visit("訪問") with { StartedAt = Clock.Ago(60), EndedAt = Clock.Ago(30) });
        await c.Must(c.Nurse, c.Visit("家族には見せない") with { StartedAt = Clock.Ago(50), EndedAt = Clock.Ago(40), TeamOnly = true });
        await c.Must(c.Nurse, c.Visit("先週") with { StartedAt = Clock.Ago(60 * 24 * 7), EndedAt = Clock.Ago((60 * 24 * 7) - 20) });
        await c.Must(c.Physician, c.Instruct("褥瘡処置"));
        await c.Must(c.Nurse, new RecordVitals(Guid.CreateVersion7(), c.Patient, new Vitals(Clock.Ago(20)) { Pulse = 80 }));

        var marks = (await c.Timeline.MarksAsync(c.Nurse, c.Patient, Clock.Ago(60 * 24), Clock.Ago(-60), Ct))!;
        marks.Select(m => m.Kind).ShouldBe(["visit-recorded", "visit-recorded", "instruction-issued"]);
        (await c.Timeline.MarksAsync(c.Daughter, c.Patient, Clock.Ago(60 * 24), Clock.Ago(-60), Ct))!.Select(m => m.Kind).ShouldBe(["visit-recorded", "instruction-issued"]);
        (await c.Timeline.MarksAsync(c.OtherNurse, c.Patient, Clock.Ago(60 * 24), Clock.Ago(-60), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task a_corrected_reading_replaces_the_old_one_in_charts_and_marks_the_old_entry()
    {
        var c = await database.FoundAsync();
        var visit = c.Visit("測定", new Vitals(Clock.Ago(20)) { Weight = 478, Confirmed = [VitalSign.Weight] } with { Weight = 47.8m, Pulse = 120 });
        await c.Must(c.Nurse, visit);
        await c.Must(c.Nurse, new CorrectVitals(visit.VisitId, new Vitals(Clock.Ago(20)) { Weight = 45.7m }, "読み違い"));
        (await c.Readings.SeriesAsync(c.Nurse, c.Patient, Clock.Now.AddDays(-1), Clock.Now, Ct))!.ShouldHaveSingleItem().Value.ShouldBe(45.7m);
        (await c.Timeline.ReadAsync(c.Nurse, c.Patient, null, null, 50, Ct))!.Single(e => e.Kind == "visit-recorded").State.ShouldBe(EntryState.Corrected);
        await c.Must(c.Nurse, new EnterVisitInError(visit.VisitId, "別の方"));
        (await c.Readings.SeriesAsync(c.Nurse, c.Patient, Clock.Now.AddDays(-1), Clock.Now, Ct))!.ShouldBeEmpty();
        (await c.Timeline.ReadAsync(c.Nurse, c.Patient, null, null, 50, Ct))!.Single(e => e.Kind == "visit-recorded").State.ShouldBe(EntryState.EnteredInError);
    }

    [Fact]
    public async Task unread_counts_what_others_wrote_since_the_last_look()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Nurse, c.Visit("一"));
        var seen = await c.Must(c.Nurse, c.Visit("二"));
        (await c.Marks.MoveToAsync(c.Physician, c.Patient, seen.Receipt.Sequence, Ct)).ShouldBeTrue();
        (await c.Patients.LineAsync(c.Physician, c.Patient, Ct))!.Unread.ShouldBe(0);
        await c.Must(c.Nurse, c.Visit("三"));
        await c.Must(c.Physician, c.Instruct("処置"));
        (await c.Patients.LineAsync(c.Physician, c.Patient, Ct))!.Unread.ShouldBe(1);
        await c.Marks.MoveToAsync(c.Physician, c.Patient, 1, Ct);
        (await c.Marks.OfAsync(c.Physician, c.Patient, Ct)).ShouldBe(seen.Receipt.Sequence);
        await c.Marks.MoveToAsync(c.Physician, c.Patient, long.MaxValue, Ct);
        await c.Must(c.Nurse, c.Visit("四"));
        (await c.Patients.LineAsync(c.Physician, c.Patient, Ct))!.Unread.ShouldBe(1);
    }

    [Fact]
    public async Task what_is_for_the_team_only_is_on_no_page_of_a_relatives_and_not_unread_to_them()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Nurse, c.Visit("みなさんへ"));
        await c.Marks.MoveToAsync(c.Daughter, c.Patient, long.MaxValue, Ct);
        var hidden = c.Visit("家族には見せない") with { TeamOnly = true };
        await c.Must(c.Nurse, hidden);
        (await c.Timeline.ReadAsync(c.Daughter, c.Patient, null, null, 50, Ct))!.ShouldNotContain(e => e.SubjectId == hidden.VisitId);
        (await c.Timeline.PageAsync(c.Daughter, c.Patient, TimelineFilter.Everything, ct: Ct))!.Entries.ShouldNotContain(e => e.SubjectId == hidden.VisitId);
        (await c.Timeline.OfSubjectAsync(c.Daughter, c.Patient, hidden.VisitId, Ct))!.ShouldBeEmpty();
        (await c.Patients.LineAsync(c.Daughter, c.Patient, Ct))!.Unread.ShouldBe(0);
        (await c.Timeline.PageAsync(c.Physician, c.Patient, TimelineFilter.Everything, ct: Ct))!.Entries.ShouldContain(e => e.SubjectId == hidden.VisitId);
        (await c.Timeline.OfSubjectAsync(c.Physician, c.Patient, hidden.VisitId, Ct))!.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task what_is_no_line_of_the_timeline_is_not_unread_and_who_may_not_see_the_record_has_no_mark_in_it()
    {
        var c = await database.FoundAsync();
        var issue = c.Instruct("処置");
        await c.Must(c.Physician, issue);
        await c.Marks.MoveToAsync(c.Physician, c.Patient, long.MaxValue, Ct);
        await c.Must(c.Nurse, new MarkInstructionDelivered(issue.InstructionId, "iPad Safari"));
        (await c.Patients.LineAsync(c.Physician, c.Patient, Ct))!.Unread.ShouldBe(0);
        (await c.Marks.MoveToAsync(c.OtherNurse, c.Patient, long.MaxValue, Ct)).ShouldBeFalse();
        (await c.Marks.OfAsync(c.OtherNurse, c.Patient, Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task people_are_found_by_kanji_kana_and_half_width()
    {
        var c = await database.FoundAsync();
        foreach (var query in new[] { "岡本", "おかもと", "ｵｶﾓﾄ ﾌﾐ", "フミ", null })
        {
            (await c.Patients.ListAsync(c.Nurse, query, ct: Ct)).Lines.ShouldHaveSingleItem().PatientId.ShouldBe(c.Patient);
        }

        (await c.Patients.ListAsync(c.Nurse, "石井", ct: Ct)).Lines.ShouldBeEmpty();
        (await c.Patients.ListAsync(c.Nurse, "%", ct: Ct)).Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task an_instructions_card_tells_its_life()
    {
        var c = await database.FoundAsync();
        var instruction = c.Instruct("褥瘡処置") with { DueAt = Clock.Now.AddHours(2) };
        await c.Must(c.Physician, instruction);
        var issued = (await c.Instructions.OpenAsync(c.Nurse, Ct)).ShouldHaveSingleItem();
        (issued.AwaitsMe(c.Nurse), issued.AwaitsMe(c.Physician), issued.IsOverdue(Clock.Now.AddHours(3))).ShouldBe((true, false, true));
        await c.Must(c.Nurse, new MarkInstructionRead(instruction.InstructionId));
        await c.Must(c.Nurse, new QuestionInstruction(instruction.InstructionId, "回数は?"));
        (await c.Instructions.OpenAsync(c.Physician, Ct)).ShouldHaveSingleItem().AwaitsMe(c.Physician).ShouldBeTrue();
        await c.Must(c.Physician, new AnswerQuestion(instruction.InstructionId, "1日1回"));
        await c.Must(c.Nurse, new TakeInstruction(instruction.InstructionId));
        await c.Must(c.Nurse, new CompleteInstruction(instruction.InstructionId, "洗浄、保護", Clock.Ago(1)));
        var card = (await c.Instructions.SomeAsync(c.Physician, c.Patient, [instruction.InstructionId], Ct))!.ShouldHaveSingleItem();
        (card.Status, card.TakenByName, card.Question, card.Answer, card.Outcome).ShouldBe((InstructionStatus.Completed, "田中 美咲", "回数は?", "1日1回", "洗浄、保護"));
        card.Reads.ShouldHaveSingleItem().Name.ShouldBe("田中 美咲");
        await c.Must(c.Physician, new CloseInstruction(instruction.InstructionId));
        (await c.Instructions.OpenAsync(c.Physician, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_day_holds_the_visitors_own_visits()
    {
        var c = await database.FoundAsync();
        var plan = new PlanVisit(Guid.CreateVersion7(), c.Patient, Clock.Now.AddHours(1), 60, c.Nurse.PersonId, Purpose: "状態観察");
        await c.Must(c.Nurse, plan);
        await c.Must(c.Nurse, plan with { VisitId = Guid.CreateVersion7(), PlannedAt = Clock.Now.AddDays(1) });
        (await c.Visits.OfDayAsync(c.Nurse, JapanTime.DayOf(Clock.Now), Ct)).ShouldHaveSingleItem().Purpose.ShouldBe("状態観察");
        (await c.Visits.OfDayAsync(c.Physician, JapanTime.DayOf(Clock.Now), Ct)).ShouldBeEmpty();
        (await c.Patients.LineAsync(c.Physician, c.Patient, Ct))!.NextVisit!.VisitorName.ShouldBe("田中 美咲");
    }

    [Fact]
    public async Task the_summary_holds_what_everybody_must_know()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Nurse, new RecordAllergy(c.Patient, Ids.Of("a"), new Allergy("ペニシリン系", null, AllergyKind.Medicine, null, null, AllergyStatus.Active)));
        await c.Must(c.Nurse, new RecordCondition(c.Patient, Ids.Of("c"), new Condition("心不全", null, ConditionStatus.Active)));
        await c.Must(c.Nurse, new SetContacts(c.Patient, [new Contact("岡本 恵子", "長女", "090-0000-0001")]));
        await c.Must(c.Nurse, new SetCareLevel(c.Patient, new CareLevelPeriod(CareLevel.Care4, new DateOnly(2026, 4, 1), new DateOnly(2027, 3, 31))));
        await c.Must(c.Physician, new SetTargetRange(c.Patient, new TargetRange(VitalSign.SpO2, 90, null, new DateOnly(2026, 1, 1), null)));
        var summary = (await c.Patients.SummaryAsync(c.Nurse, c.Patient, Ct))!;
        summary.Allergies.ShouldHaveSingleItem().Allergy.Substance.ShouldBe("ペニシリン系");
        summary.Conditions.ShouldHaveSingleItem().Condition.Name.ShouldBe("心不全");
        summary.Contacts.ShouldHaveSingleItem().Telephone.ShouldBe("090-0000-0001");
        summary.CareLevel.ShouldBe(new CareLevelPeriod(CareLevel.Care4, new DateOnly(2026, 4, 1), new DateOnly(2027, 3, 31)));
        summary.Ranges.ShouldHaveSingleItem().Low.ShouldBe(90);
        summary.Team.Count.ShouldBe(3);
        var line = (await c.Patients.ListAsync(c.Nurse, ct: Ct)).Lines.ShouldHaveSingleItem();
        (line.Allergies.Single(), line.Conditions.Single(), line.CareLevel).ShouldBe(("ペニシリン系", "心不全", CareLevel.Care4));
    }

    [Fact]
    public async Task the_summary_tells_the_wishes_in_force_who_confirmed_them_and_every_version_before()
    {
        var c = await database.FoundAsync();
        var wishes = Patients.WishesTests.Wishes;
        (await c.Patients.SummaryAsync(c.Nurse, c.Patient, Ct))!.Wishes.ShouldBeNull();
        await c.Must(c.Nurse, new RecordWishes(c.Patient, Ids.Of("w1"), 1, wishes));
        await c.Must(c.Physician, new ConfirmWishes(c.Patient, 1));
        await c.Must(c.Daughter, new RecordWishes(c.Patient, Ids.Of("w2"), 2, wishes with { Admission = new(AdmissionWish.DoesNotWish), Spokesperson = null, ReviewOn = null }));
        // The person and relatives read them as the team does.
        foreach (var reader in new[] { c.Nurse, c.Daughter })
        {
            var summary = (await c.Patients.SummaryAsync(reader, c.Patient, Ct))!;
            var (now, before) = (summary.Wishes.ShouldNotBeNull(), summary.WishesConfirmedBefore.ShouldNotBeNull());
            (now.Version, now.Wishes.Admission.Choice, now.ByName, now.ByProfession, now.ConfirmedBy).ShouldBe((2, AdmissionWish.DoesNotWish, "岡本 恵子", Profession.Family, null));
            (before.Version, before.ConfirmedBy, before.ConfirmedAt, before.Wishes.TookPart.Count).ShouldBe((1, "佐藤 健一", database.Time.GetUtcNow(), 3));
            summary.WishesVersions.Select(v => v.Version).ShouldBe([2, 1]);
        }

        await c.Refused(c.Nurse, new ConfirmWishes(c.Patient, 2), RefusalKind.Forbidden, "act.not_permitted");
        await c.Refused(c.Physician, new ConfirmWishes(c.Patient, 1), RefusalKind.Conflict, "wishes.outdated");
        await c.Must(c.Physician, new WithdrawWishes(c.Patient, 2, "別の人の話し合い"));
        var after = (await c.Patients.SummaryAsync(c.Nurse, c.Patient, Ct))!;
        (after.Wishes!.Version, after.NewestWishes, after.WishesConfirmedBefore).ShouldBe((1, 2, null));
        var entries = (await c.Timeline.OfSubjectAsync(c.Nurse, c.Patient, Ids.Of("w2"), Ct))!;
        entries.Select(e => (e.Kind, e.State)).ShouldBe([("wishes-recorded", EntryState.EnteredInError), ("wishes-withdrawn", EntryState.AsWritten)]);
        (await c.Timeline.OfSubjectAsync(c.Daughter, c.Patient, Ids.Of("w1"), Ct))!.Select(e => e.State).Distinct().ShouldBe([EntryState.AsWritten]);
    }

    [Fact]
    public async Task of_two_who_write_down_the_wishes_at_once_one_is_told_that_there_is_a_newer_version()
    {
        var c = await database.FoundAsync();
        var wishes = Patients.WishesTests.Wishes;
        var outcomes = await Task.WhenAll(
            c.DoAsync(c.Nurse, new RecordWishes(c.Patient, Ids.Of("w1"), 1, wishes with { Words = "看護師が聞いた" })),
            c.DoAsync(c.Daughter, new RecordWishes(c.Patient, Ids.Of("w2"), 1, wishes with { Words = "長女が聞いた" })));
        outcomes.OfType<Outcome.Done>().Count().ShouldBe(1);
        outcomes.OfType<Outcome.Refused>().ShouldHaveSingleItem().ShouldBe(new Outcome.Refused(RefusalKind.Conflict, "wishes.newer_version"));
        (await c.Patients.SummaryAsync(c.Nurse, c.Patient, Ct))!.WishesVersions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task the_line_carries_latest_readings_with_their_alerts()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Nurse, c.Visit("朝", new Vitals(Clock.Ago(300)) { SpO2 = 95, Temperature = 36.5m }));
        await c.Must(c.Nurse, c.Visit("昼", new Vitals(Clock.Ago(30)) { SpO2 = 88, Oxygen = new(1) }));
        var line = (await c.Patients.LineAsync(c.Nurse, c.Patient, Ct))!;
        var saturation = line.Latest.Single(r => r.Sign == VitalSign.SpO2);
        (saturation.Value, saturation.Alert, saturation.Bound, saturation.ByPhysician, saturation.Oxygen).ShouldBe((88m, AlertSide.Below, 90m, false, 1m));
        line.Latest.Single(r => r.Sign == VitalSign.Temperature).Value.ShouldBe(36.5m);
        line.SpO2.Select(p => p.Value).ShouldBe([95m, 88m]);
    }

    [Fact]
    public async Task rebuilt_views_equal_those_written_as_it_happened()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var c = await database.FoundAsync();
        await RandomHistory.WriteAsync(c, new Random(seed), 120);
        var before = await DumpAsync();
        foreach (var view in CareEvents.Views)
        {
            await database.Store.RebuildAsync(view.Name, ct: Ct);
        }

        (await DumpAsync()).ShouldBe(before, $"seed {seed}");
    }

    private async Task<Dictionary<string, string>> DumpAsync()
    {
        var dump = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in CareEvents.Views.SelectMany(v => v.Tables))
        {
            await using var command = database.Source.CreateCommand($"select coalesce(string_agg(t::text, e'\\n' order by t::text collate \"C\"), '') from {table} t");
            dump[table] = (string)(await command.ExecuteScalarAsync(Ct))!;
        }

        return dump;
    }

    [Fact]
    public async Task a_visit_started_at_the_wrong_home_is_taken_back()
    {
        var c = await database.FoundAsync();
        var start = new StartVisit(Guid.CreateVersion7(), c.Patient, Clock.Ago(10));
        await c.Must(c.Nurse, start);
        (await c.Visits.UnderWayAsync(c.Nurse, c.Patient, Ct)).ShouldNotBeNull();
        await c.Must(c.Nurse, new EnterVisitInError(start.VisitId, "別の方のお宅"));
        (await c.Visits.UnderWayAsync(c.Nurse, c.Patient, Ct)).ShouldBeNull();
        (await c.Timeline.ReadAsync(c.Nurse, c.Patient, null, null, 200, Ct))!.Single(e => e.Kind == "visit-started").State.ShouldBe(EntryState.EnteredInError);
    }

    [Fact]
    public async Task an_urgent_instruction_without_a_due_time_is_listed_however_many_routine_ones_have_one()
    {
        var c = await database.FoundAsync();
        await Task.WhenAll(Enumerable.Range(0, InstructionReader.Most).Select(i => c.Must(c.Physician, c.Instruct($"処置 {i}") with { DueAt = Clock.Now.AddHours(1) })));
        var urgent = c.Instruct("至急") with { Urgency = Urgency.Urgent };
        await c.Must(c.Physician, urgent);
        (await c.Instructions.OpenAsync(c.Nurse, Ct))[0].InstructionId.ShouldBe(urgent.InstructionId);
    }

    [Fact]
    public async Task a_range_that_begins_later_leaves_the_present_one_in_force()
    {
        var c = await database.FoundAsync();
        await c.Must(c.Physician, new SetTargetRange(c.Patient, new TargetRange(VitalSign.SpO2, 88, 92, new DateOnly(2026, 1, 1), null)));
        await c.Must(c.Physician, new SetTargetRange(c.Patient, new TargetRange(VitalSign.SpO2, 85, 92, new DateOnly(2026, 12, 1), null)));
        await c.Must(c.Nurse, c.Visit("測定", new Vitals(Clock.Ago(20)) { SpO2 = 87 }));
        var reading = (await c.Readings.LatestAsync(c.Nurse, c.Patient, ct: Ct))!.ShouldHaveSingleItem();
        (reading.Alert, reading.Bound, reading.ByPhysician).ShouldBe((AlertSide.Below, 88m, true));
        await c.Must(c.Physician, new SetTargetRange(c.Patient, new TargetRange(VitalSign.SpO2, 86, 92, new DateOnly(2026, 1, 1), null)));
        (await c.Patients.SummaryAsync(c.Nurse, c.Patient, Ct))!.Ranges.ShouldHaveSingleItem().Low.ShouldBe(86);
        await c.Must(c.Physician, new RemoveTargetRange(c.Patient, VitalSign.SpO2));
        (await c.Patients.SummaryAsync(c.Nurse, c.Patient, Ct))!.Ranges.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_search_with_a_character_that_cannot_be_stored_still_searches()
    {
        var c = await database.FoundAsync();
        (await c.Patients.ListAsync(c.Nurse, "岡本\0", ct: Ct)).Lines.ShouldHaveSingleItem();
    }
}
