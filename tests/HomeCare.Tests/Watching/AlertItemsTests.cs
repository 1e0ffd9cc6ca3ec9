using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;
using static HomeCare.Tests.Watching.Records;

namespace HomeCare.Tests.Watching;

/// <summary>What is pointed out, and how it is merged.</summary>
public sealed class AlertItemsTests
{
    [Fact]
    public void a_reading_outside_opens_an_item_that_names_rule_revision_bound_and_reading()
    {
        var set = SpO2(30, 88);
        var item = Only(Record(set));
        item.ShouldSatisfyAllConditions(
            i => i.Cause.ShouldBe(AlertCause.Vitals), i => i.Level.ShouldBe(AlertLevel.Now), i => i.Asks.ShouldBeTrue(), i => i.OpenedAt.ShouldBe(Clock.Ago(30)));
        var alert = item.Alerts.ShouldHaveSingleItem();
        (alert.Rule, alert.Revision, alert.Key, alert.Bound, alert.ByPhysician).ShouldBe((AlertRule.VitalRange, 1, "range/SpO2/Below", 90m, false));
        alert.Evidence.ShouldHaveSingleItem().ShouldBe(new Evidence(set.SourceId, Clock.Ago(30), set.Sequence, 88));
    }

    [Fact]
    public void heart_failure_scenario_1_gives_one_item_for_the_vital_signs_and_one_for_the_weight()
    {
        var record = Record(
            Set(60 * 24 * 6, new Vitals(Clock.Ago(60 * 24 * 6)) { Weight = 45.5m }),
            Set(30, All(30, 37.4m, 102, 24, 148, 89, 1) with { Weight = 47.6m })) with { Conditions = [HeartFailure] };
        var items = AlertItems.Of(record, Clock.Now).Open;
        items.Select(i => i.Cause).ShouldBe([AlertCause.Vitals, AlertCause.Fluid]);
        items[0].Keys.ShouldBe(["range/SpO2/Below", "news2/Emergency"]);
        items[0].Alerts[1].Amount.ShouldBe(8);
        var gain = items[1].Alerts.ShouldHaveSingleItem();
        (gain.Rule, gain.Amount, gain.Level).ShouldBe((AlertRule.WeightGain, 2.1m, AlertLevel.Today));
        gain.Evidence.Select(e => e.Value).ShouldBe([45.5m, 47.6m]);
    }

    [Fact]
    public void cancer_scenario_3_a_respiration_of_8_is_pointed_out_although_news2_is_off()
    {
        var record = Record(Set(10, new Vitals(Clock.Ago(10)) { Respiration = 8 })) with { News2Off = true };
        Only(record).Keys.ShouldBe(["range/Respiration/Below"]);
    }

    [Fact]
    public void child_scenario_9_a_saturation_of_88_against_the_physicians_range_from_92()
    {
        var child = People.Child.With(new TargetRange(VitalSign.SpO2, 92, null, Today.AddDays(-3), null));
        var alert = Only(Record(Set(10, new Vitals(Clock.Ago(10)) { SpO2 = 88, Pulse = 128 }, child))).Alerts.ShouldHaveSingleItem();
        (alert.Bound, alert.ByPhysician, alert.Side).ShouldBe((92m, true, AlertSide.Below));
    }

    [Fact]
    public void end_of_life_scenario_10_respiration_28_and_a_saturation_that_cannot_be_measured_are_one_item()
    {
        var record = Record(Set(10, new Vitals(Clock.Ago(10)) { Respiration = 28, NotMeasured = [new(VitalSign.SpO2, NotMeasuredWhy.CouldNotMeasure)] })) with { News2Off = true };
        Only(record).Keys.ShouldBe(["range/Respiration/Above", "unmeasured/SpO2"]);
    }

    [Fact]
    public void what_was_declined_is_not_pointed_out()
    {
        AlertItems.Of(Record(Set(10, new Vitals(Clock.Ago(10)) { NotMeasured = [new(VitalSign.SpO2, NotMeasuredWhy.Declined)] })), Clock.Now).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1.9, true, false)]
    [InlineData(2.0, true, true)]
    [InlineData(2.0, false, false)]
    public void a_gain_of_weight_counts_from_2_kg_and_with_heart_failure_alone(double gain, bool heartFailure, bool pointedOut)
    {
        var record = Record(Set(Days(7), new Vitals(Clock.Ago(Days(7))) { Weight = 50 }), Set(0, new Vitals(Clock.Now) { Weight = 50 + (decimal)gain }));
        AlertItems.Of(record with { Conditions = heartFailure ? [HeartFailure] : [] }, Clock.Now).Open.Count.ShouldBe(pointedOut ? 1 : 0);
    }

    [Fact]
    public void a_gain_over_more_than_7_days_is_none_and_a_loss_ends_the_item()
    {
        var slow = Record(Set(Days(8), new Vitals(Clock.Ago(Days(8))) { Weight = 50 }), Set(0, new Vitals(Clock.Now) { Weight = 53 })) with { Conditions = [HeartFailure] };
        AlertItems.Of(slow, Clock.Now).Items.ShouldBeEmpty();
        var lost = Record(
            Set(Days(4), new Vitals(Clock.Ago(Days(4))) { Weight = 50 }), Set(Days(2), new Vitals(Clock.Ago(Days(2))) { Weight = 52.1m }),
            Set(60, new Vitals(Clock.Ago(60)) { Weight = 51.2m })) with { Conditions = [HeartFailure] };
        var item = AlertItems.Of(lost, Clock.Now).Items.ShouldHaveSingleItem();
        (item.OpenedAt, item.ClosedAt).ShouldBe((Clock.Ago(Days(2)), Clock.Ago(60)));
    }

    [Fact]
    public void a_gain_counts_from_the_least_weight_of_the_7_days_and_not_from_the_first()
    {
        var dipped = Record(
            Set(Days(7), new Vitals(Clock.Ago(Days(7))) { Weight = 50 }), Set(Days(3), new Vitals(Clock.Ago(Days(3))) { Weight = 49 }),
            Set(0, new Vitals(Clock.Now) { Weight = 51 })) with { Conditions = [HeartFailure] };
        Only(dipped).Alerts.ShouldHaveSingleItem().Evidence.Select(e => e.Value).ShouldBe([49m, 51m]);
    }

    [Theory]
    [InlineData("I50.9", "", true)]
    [InlineData("I11.0", "", true)]
    [InlineData("I10", "高血圧症", false)]
    [InlineData(null, "慢性心不全", true)]
    [InlineData(null, "Congestive heart failure", true)]
    public void heart_failure_is_known_by_its_code_or_its_name(string? code, string name, bool known) =>
        (Record() with { Conditions = [new Condition(name, code is null ? null : [new Code("http://hl7.org/fhir/sid/icd-10", code)], ConditionStatus.Active)] }).HasHeartFailure.ShouldBe(known);

    [Fact]
    public void pressure_over_the_physicians_target_in_5_of_the_last_7_readings_joins_the_item_of_the_pressure()
    {
        int[] five = [150, 120, 151, 152, 121, 153, 154];
        var item = Only(Pressures(five));
        item.Cause.ShouldBe(AlertCause.Pressure);
        item.Keys.ShouldBe(["range/Systolic/Above", "pressure/Systolic"]);
        var trend = item.Alerts[1];
        (trend.Amount, trend.Bound, trend.Level).ShouldBe((5m, 140m, AlertLevel.Today));
        trend.Evidence.Select(e => e.Value).ShouldBe([150m, 151m, 152m, 153m, 154m]);

        int[] four = [150, 120, 151, 120, 121, 153, 154];
        Only(Pressures(four)).Keys.ShouldBe(["range/Systolic/Above"]);
        int[] older = [150, 151, 152, 153, 154, 120, 120, 120];
        AlertItems.Of(Pressures(older), Clock.Now).Open.ShouldBeEmpty();
    }

    [Fact]
    public void pressure_at_the_target_is_not_over_it_and_five_readings_are_enough()
    {
        AlertItems.Of(Pressures([140, 140, 140, 140, 140, 140, 140]), Clock.Now).Items.ShouldBeEmpty();
        Only(Pressures([150, 151, 152, 153, 154])).Keys.ShouldContain("pressure/Systolic");
        Only(Pressures([150, 151, 152, 153])).Keys.ShouldNotContain("pressure/Systolic");
    }

    [Fact]
    public void pressures_older_than_60_days_do_not_count_and_each_is_judged_by_the_range_of_its_day_set_last()
    {
        var since = new TargetRange(VitalSign.Systolic, null, 140, Today.AddDays(-100), null);
        Only(Over(59)).Keys.ShouldContain("pressure/Systolic");
        Only(Over(60)).Keys.ShouldNotContain("pressure/Systolic");
        var higher = since with { High = 160, From = Today.AddDays(-70) };
        Only(Over(59) with { Ranges = [since, higher] }).Keys.ShouldNotContain("pressure/Systolic");
        Only(Over(59) with { Ranges = [higher, since] }).Keys.ShouldNotContain("pressure/Systolic");

        // Four that long ago, and one now.
        WatchRecord Over(int days) => Record([.. Enumerable.Range(0, 4).Select(i => One(Days(days) - i)), One(10)]) with { Ranges = [since] };
        WatchedSet One(int minutesAgo) => Set(minutesAgo, new Vitals(Clock.Ago(minutesAgo)) { Systolic = 150, Diastolic = 70 }, People.Okamoto.With(since));
    }

    [Fact]
    public void without_the_physicians_target_pressure_has_no_trend()
    {
        AlertItems.Of(Pressures([150, 150, 150, 150, 150, 150, 150]) with { Ranges = [], Sets = [.. Pressures([150, 150, 150, 150, 150, 150, 150]).Sets.Select(s => s with { Alerts = [] })] }, Clock.Now).Items.ShouldBeEmpty();
    }

    [Fact]
    public void soft_signs_are_one_item_that_ends_when_nothing_was_noticed_for_72_hours()
    {
        var record = Record() with { Signs = [Noticed(Days(2), SoftSign.Weary), Noticed(Days(1), SoftSign.Weary, SoftSign.EatingLess), Noticed(60, SoftSign.MedicineLeft)] };
        var items = AlertItems.Of(record, Clock.Now).Open;
        items.Select(i => i.Cause).ShouldBe([AlertCause.SoftSigns, AlertCause.Medicines]);
        items[0].Keys.ShouldBe(["soft/EatingLess", "soft/Weary"], ignoreOrder: true);
        items[0].OpenedAt.ShouldBe(Clock.Ago(Days(2)));
        AlertItems.Of(record, Clock.Now.AddDays(2)).Items.Single(i => i.Cause == AlertCause.SoftSigns).ClosedAt.ShouldBe(Clock.Ago(Days(1)).AddHours(72));
    }

    [Fact]
    public void a_planned_visit_without_a_record_is_pointed_out_two_hours_after_its_end_and_not_before()
    {
        var record = Record() with { Visits = [new WatchedVisit(Id(1), Clock.Ago(180), 60, "田中 美咲")] };
        AlertItems.Of(record, Clock.Now.AddTicks(-1)).ShouldSatisfyAllConditions(w => w.Items.ShouldBeEmpty(), w => w.ChangesAt.ShouldBe(Clock.Now));
        Only(record).Alerts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            a => a.Rule.ShouldBe(AlertRule.MissedVisit), a => a.Evidence.ShouldHaveSingleItem().ShouldBe(new Evidence(Id(1), Clock.Ago(180), 0, Words: "田中 美咲")));
    }

    [Fact]
    public void an_overdue_instruction_is_pointed_out_until_it_is_done()
    {
        var record = Record() with { Instructions = [new WatchedInstruction(Id(1), "被覆材", Clock.Ago(30))] };
        Only(record).ShouldSatisfyAllConditions(i => i.Cause.ShouldBe(AlertCause.Instructions), i => i.Level.ShouldBe(AlertLevel.Now));
        AlertItems.Of(record with { Instructions = [record.Instructions[0] with { OverAt = Clock.Ago(5) }] }, Clock.Now).Items.ShouldHaveSingleItem().ClosedAt.ShouldBe(Clock.Ago(5));
    }

    [Fact]
    public void no_stool_for_3_days_is_pointed_out_only_where_stools_are_recorded()
    {
        WatchedSet[] kept = [Stool(Days(6)), Stool(Days(5)), Stool(Days(4))];
        Only(Record([.. kept, Stool(Days(3))])).Keys.ShouldBe(["stool"]);
        AlertItems.Of(Record([.. kept, Stool(Days(3) - 1)]), Clock.Now).Items.ShouldBeEmpty();
        AlertItems.Of(Record([.. kept, Stool(Days(3)), Stool(10)]), Clock.Now).Open.ShouldBeEmpty();
        // Written down now and then, as at visits, or not at all.
        AlertItems.Of(Record(Stool(Days(9)), Stool(Days(6)), Stool(Days(3))), Clock.Now).Items.ShouldBeEmpty();
        AlertItems.Of(Record(Set(Days(3), new Vitals(Clock.Ago(Days(3))) { Pulse = 70 })), Clock.Now).Items.ShouldBeEmpty();

        static WatchedSet Stool(int minutesAgo) => Set(minutesAgo, new Vitals(Clock.Ago(minutesAgo)) { Stool = new(4) });
    }

    [Fact]
    public void a_normal_reading_closes_the_item_and_a_further_one_outside_opens_another()
    {
        var sets = new[] { SpO2(120, 88), SpO2(60, 95), SpO2(30, 87) };
        var items = AlertItems.Of(Record(sets), Clock.Now).Items;
        items.Select(i => (i.OpenedAt, i.ClosedAt)).ShouldBe([(Clock.Ago(30), null), (Clock.Ago(120), Clock.Ago(60))]);
        items[0].ItemId.ShouldNotBe(items[1].ItemId);
    }

    [Fact]
    public void a_reading_is_pointed_out_now_for_a_day_today_for_a_week_and_then_no_more()
    {
        var record = Record(SpO2(0, 88));
        Level(Clock.Now.AddHours(23)).ShouldBe(AlertLevel.Now);
        Level(Clock.Now.AddHours(24)).ShouldBe(AlertLevel.Today);
        Level(Clock.Now.AddDays(7)).ShouldBeNull();

        AlertLevel? Level(DateTimeOffset at) => AlertItems.Of(record, at).Open.SingleOrDefault()?.Level;
    }

    [Fact]
    public void a_score_is_pointed_out_for_a_week_and_then_no_more()
    {
        var record = Record(Set(0, All(0, 36.4m, 95, 22, 126, 93, 2)));
        AlertItems.Of(record, Clock.Now.AddDays(7).AddMinutes(-1)).Open.ShouldHaveSingleItem().Keys.ShouldBe(["news2/Emergency"]);
        AlertItems.Of(record, Clock.Now.AddDays(7)).Open.ShouldBeEmpty();
    }

    [Fact]
    public void offline_readings_that_arrive_late_are_judged_by_when_they_were_measured()
    {
        // The later reading was written first.
        var late = SpO2(120, 88) with { Sequence = 9 };
        AlertItems.Of(Record(SpO2(60, 95) with { Sequence = 1 }, late), Clock.Now).Items.ShouldHaveSingleItem().ClosedAt.ShouldBe(Clock.Ago(60));
    }

    [Fact]
    public void of_two_readings_in_the_same_minute_the_one_written_last_stands()
    {
        var (low, normal) = (SpO2(10, 84), SpO2(10, 95));
        AlertItems.Of(Record(low with { Sequence = 1 }, normal with { Sequence = 2 }), Clock.Now).Open.ShouldBeEmpty();
        Only(Record(low with { Sequence = 2 }, normal with { Sequence = 1 })).Alerts[0].Evidence[0].Value.ShouldBe(84);
    }

    [Fact]
    public void two_weights_in_the_same_minute_are_one()
    {
        var record = Record(
            Set(Days(2), new Vitals(Clock.Ago(Days(2))) { Weight = 50 }), Set(10, new Vitals(Clock.Ago(10)) { Weight = 54 }) with { Sequence = 5 },
            Set(10, new Vitals(Clock.Ago(10)) { Weight = 50.4m }) with { Sequence = 6 }) with { Conditions = [HeartFailure] };
        AlertItems.Of(record, Clock.Now).Open.ShouldBeEmpty();
    }

    [Fact]
    public void a_range_that_excludes_every_value_is_one_item_and_not_one_for_each_reading()
    {
        var nobody = People.Okamoto.With(new TargetRange(VitalSign.Pulse, 299, 300, Today.AddDays(-30), null));
        var record = Record([.. Enumerable.Range(1, 12).Select(n => Set(n * 300, new Vitals(Clock.Ago(n * 300)) { Pulse = 70 }, nobody))]);
        var item = Only(record);
        (item.OpenedAt, item.Keys.Count).ShouldBe((Clock.Ago(3600), 1));
        item.Alerts[0].ByPhysician.ShouldBeTrue();
    }

    [Fact]
    public void a_corrected_reading_is_judged_anew_and_what_it_was_before_is_explained()
    {
        var wrong = SpO2(60, 8 + 30) with { Struck = new Struck(Clock.Ago(20), "田中 美咲", "打ち間違い", Replaced: true) };
        var right = SpO2(60, 98) with { SourceId = wrong.SourceId, Sequence = 9, Corrected = true };
        var watched = AlertItems.Of(Record(wrong, right), Clock.Now);
        watched.Items.ShouldBeEmpty();
        watched.Struck.ShouldHaveSingleItem().Why.Reason.ShouldBe("打ち間違い");

        // Corrected the other way, it opens an item and says that it was corrected.
        var worse = Record(SpO2(60, 98) with { Struck = new Struck(Clock.Ago(20), "田中 美咲", "打ち間違い", Replaced: true) }, SpO2(60, 86) with { Corrected = true });
        Only(worse).Alerts[0].Evidence[0].Corrected.ShouldBeTrue();
        AlertItems.Of(worse, Clock.Now).Struck.ShouldBeEmpty();
    }

    [Fact]
    public void a_half_measured_set_can_raise_an_alert_and_does_not_end_one_that_it_has_not_measured_again()
    {
        var emergency = Set(120, All(120, 38.6m, 118, 26, 112, 91, 0));
        var half = Set(60, new Vitals(Clock.Ago(60)) { Temperature = 36.8m });
        Only(Record(emergency, half)).Keys.ShouldContain("news2/Emergency");
        var all = Set(30, All(30, 36.8m, 78, 16, 126, 97, 0));
        AlertItems.Of(Record(emergency, half, all), Clock.Now).Open.ShouldBeEmpty();

        var partial = Only(Record(Set(10, new Vitals(Clock.Ago(10)) { Respiration = 30 }))).Alerts.Single(a => a.Rule == AlertRule.News2);
        (partial.IsTotal, partial.Amount, partial.Band).ShouldBe((false, 3m, News2Band.SingleThree));
    }

    [Fact]
    public void an_answer_holds_back_what_it_covers_until_it_is_due()
    {
        var record = Record(SpO2(60, 88)) with { Acts = [Act(AlertActKind.Acknowledged, 30, 120, "range/SpO2/Below")] };
        Only(record).ShouldSatisfyAllConditions(i => i.Asks.ShouldBeFalse(), i => i.HeldUntil.ShouldBe(Clock.Ago(30).AddMinutes(120)), i => i.Answer!.Words.ShouldBe("往診を頼む"));
        AlertItems.Of(record, Clock.Now).ChangesAt.ShouldBe(Clock.Ago(30).AddMinutes(120));
        AlertItems.Of(record, Clock.Now.AddMinutes(90)).Open.Single().ShouldSatisfyAllConditions(i => i.Asks.ShouldBeTrue(), i => i.Answer.ShouldNotBeNull());

        // The same once more is covered; something else asks again.
        Only(record with { Sets = [.. record.Sets, SpO2(5, 87)] }).Asks.ShouldBeFalse();
        Only(record with { Sets = [.. record.Sets, Set(5, new Vitals(Clock.Ago(5)) { Pulse = 120 })] }).Asks.ShouldBeTrue();
    }

    [Fact]
    public void an_answer_to_one_item_says_nothing_about_another()
    {
        var record = Record(SpO2(60, 88)) with
        {
            Signs = [Noticed(60, SoftSign.Weary)],
            Acts = [Act(AlertActKind.Acknowledged, 30, 120, "range/SpO2/Below") with { Sequence = 10_000_000 }, Act(AlertActKind.Acknowledged, 20, 120, "soft/Weary") with { Sequence = 10_000_001, Cause = AlertCause.SoftSigns }],
        };
        var open = AlertItems.Of(record, Clock.Now).Open;
        open.ShouldAllBe(i => !i.Asks);
        open.Select(i => i.Answer!.Covers.Single()).ShouldBe(["range/SpO2/Below", "soft/Weary"], ignoreOrder: true);
    }

    [Fact]
    public void what_comes_again_after_it_was_gone_is_not_held_back_by_the_answer_to_what_was_before()
    {
        var record = Record(SpO2(120, 88), SpO2(60, 95), SpO2(30, 88)) with { Acts = [Act(AlertActKind.Acknowledged, 90, 600, "range/SpO2/Below")] };
        var items = AlertItems.Of(record, Clock.Now).Items;
        items[0].ShouldSatisfyAllConditions(i => i.Asks.ShouldBeTrue(), i => i.Answer.ShouldBeNull());
        items[1].Answer.ShouldNotBeNull();
    }

    [Fact]
    public void an_answer_does_not_cover_an_item_that_was_not_known_when_it_was_given()
    {
        var record = Record(SpO2(60, 88) with { Sequence = 50 }) with { Acts = [Act(AlertActKind.Acknowledged, 30, 120, "range/SpO2/Below") with { Sequence = 40 }] };
        Only(record).Asks.ShouldBeTrue();
    }

    [Theory]
    [InlineData(AlertActKind.Snoozed, 60)]
    [InlineData(AlertActKind.Acknowledged, 24 * 60)]
    public void what_asks_for_a_look_now_is_held_back_only_briefly(AlertActKind kind, int longest)
    {
        var record = Record(SpO2(60, 88)) with { Acts = [Act(kind, 30, 7 * 24 * 60, "range/SpO2/Below")] };
        Only(record).HeldUntil.ShouldBe(Clock.Ago(30).AddMinutes(longest));
        var soft = Record() with { Signs = [Noticed(60, SoftSign.Weary)], Acts = [Act(kind, 30, 2 * 24 * 60, "soft/Weary") with { Cause = AlertCause.SoftSigns }] };
        Only(soft).HeldUntil.ShouldBe(Clock.Ago(30).AddDays(2));
    }

    [Fact]
    public void every_rule_has_a_source_and_a_revision()
    {
        foreach (var rule in Enum.GetValues<AlertRule>())
        {
            AlertRuleTable.SourceOf(rule).ShouldNotBeNullOrWhiteSpace();
            AlertRuleTable.RevisionOf(rule).ShouldBeGreaterThan(0);
        }
    }

    private static AlertItem Only(WatchRecord record) => AlertItems.Of(record, Clock.Now).Open.ShouldHaveSingleItem();

    private static WatchRecord Pressures(int[] systolic)
    {
        var range = new TargetRange(VitalSign.Systolic, null, 140, Today.AddDays(-60), null);
        return Record([.. systolic.Select((value, i) => Set((systolic.Length - i) * 600, new Vitals(Clock.Ago((systolic.Length - i) * 600)) { Systolic = value, Diastolic = 70 }, People.Okamoto.With(range)))])
            with { Ranges = [range] };
    }
}

/// <summary>Records to judge.</summary>
internal static class Records
{
    private static long sequence = 1000;

    public static DateOnly Today { get; } = JapanTime.DayOf(Clock.Now);

    public static Condition HeartFailure { get; } = new("慢性心不全", [new Code("http://hl7.org/fhir/sid/icd-10", "I50.9")], ConditionStatus.Active);

    public static int Days(int days) => days * 24 * 60;

    public static Guid Id(int n) => Ids.Of("watch", $"{n}");

    public static WatchRecord Record(params IReadOnlyList<WatchedSet> sets) => new(People.Okamoto.PatientId) { Sets = sets };

    public static WatchedSet Set(int minutesAgo, Vitals vitals, PatientCard? patient = null)
    {
        var number = Interlocked.Increment(ref sequence);
        var card = patient ?? People.Okamoto;
        return WatchedSet.Of(Ids.Of("set", $"{number}"), number, vitals with { MeasuredAt = Clock.Ago(minutesAgo) }, VitalAlerts.Of(vitals, card), News2Rule.Of(vitals, card));
    }

    /// <summary>A saturation alone, without the score that it would have.</summary>
    public static WatchedSet SpO2(int minutesAgo, int value) => Set(minutesAgo, new Vitals(Clock.Ago(minutesAgo)) { SpO2 = value }) with { Score = null };

    public static Vitals All(int minutesAgo, decimal temperature, int pulse, int respiration, int systolic, int spO2, decimal oxygen) => new(Clock.Ago(minutesAgo))
    {
        Temperature = temperature, Pulse = pulse, Respiration = respiration, Systolic = systolic, Diastolic = 70, SpO2 = spO2, Oxygen = new Oxygen(oxygen),
        Consciousness = new Consciousness(Acvpu.Alert),
    };

    public static WatchedSigns Noticed(int minutesAgo, params IReadOnlyList<SoftSign> signs)
    {
        var number = Interlocked.Increment(ref sequence);
        return new WatchedSigns(Ids.Of("signs", $"{number}"), number, Clock.Ago(minutesAgo), signs, "近藤 直子");
    }

    public static AlertAct Act(AlertActKind kind, int minutesAgo, int forMinutes, params IReadOnlyList<string> covers) => new(
        long.MaxValue, Clock.Ago(minutesAgo), kind, AlertCause.Vitals, covers, Clock.Ago(minutesAgo).AddMinutes(forMinutes), "往診を頼む", null, null, People.Nurse.PersonId, People.Nurse.Name);
}
