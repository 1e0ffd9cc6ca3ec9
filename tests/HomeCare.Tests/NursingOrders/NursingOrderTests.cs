using HomeCare.NursingOrders;
using static HomeCare.NursingOrders.NursingOrderKind;
using static HomeCare.Tests.NursingOrders.Orders;

namespace HomeCare.Tests.NursingOrders;

/// <summary>What may be ordered, and what becomes of an order.</summary>
public sealed class NursingOrderTests
{
    private static readonly DateOnly August = new(2026, 8, 1);

    private static Then Draft(NursingOrderKind kind, NursingOrderContent content) =>
        Given.Nothing<NursingOrderBook>().ByPhysician().When(new DraftNursingOrder(Id(1), Patient, kind, content));

    private static Then Issue(NursingOrderKind kind, NursingOrderContent content, params object[] before) =>
        Given.Events<NursingOrderBook>([.. before, Drafted(1, kind, content)]).ByPhysician().When(new IssueNursingOrder(Id(1), Patient));

    [Fact]
    public void a_physician_drafts_an_order_on_the_form_of_the_day()
    {
        var drafted = Draft(Ordinary, Content(Ordinary, Today)).Accepted<NursingOrderDrafted>();
        drafted.FormVersion.ShouldBe("2024-06");
        drafted.StationName.ShouldBe("みなと訪問看護");
        drafted.PhysicianId.ShouldBe(People.Physician.PersonId);
        ((ITeamOnly)drafted).TeamOnly.ShouldBeTrue("it names diagnoses");
    }

    [Fact]
    public void a_draft_stays_on_the_version_of_the_form_it_was_made_on()
    {
        var old = Drafted(1, Ordinary, Content(Ordinary, Today)) with { FormVersion = "2022-04" };
        Given.Events<NursingOrderBook>(old).ByPhysician().When(new DraftNursingOrder(Id(1), Patient, Ordinary, Content(Ordinary, Today) with { State = "変わりない" }))
            .Accepted<NursingOrderDrafted>().FormVersion.ShouldBe("2022-04");
        NursingOrderForm.On(new DateOnly(2024, 5, 31)).Version.ShouldBe("2022-04");
        NursingOrderForm.On(new DateOnly(2024, 6, 1)).DiagnosisCodes.ShouldBeTrue();
    }

    [Fact]
    public void the_same_draft_again_changes_nothing() =>
        Given.Events<NursingOrderBook>(Drafted(1, Ordinary, Content(Ordinary, Today))).ByPhysician()
            .When(new DraftNursingOrder(Id(1), Patient, Ordinary, Content(Ordinary, Today))).IsAlreadySo();

    [Fact]
    public void another_physician_neither_changes_nor_confirms_a_draft()
    {
        var other = Given.Events<NursingOrderBook>(Drafted(1, Ordinary, Content(Ordinary, Today))).ByPhysician().By(People.As(Profession.Physician, "森 由美", People.Clinic));
        other.When(new DraftNursingOrder(Id(1), Patient, Ordinary, Content(Ordinary, Today) with { State = "別の内容" })).IsForbidden("order.of_another_physician");
        other.When(new IssueNursingOrder(Id(1), Patient)).IsForbidden("order.of_another_physician");
    }

    [Theory]
    [InlineData("2026-08-01", "2027-01-31", true)]
    [InlineData("2026-08-01", "2027-02-01", false)]
    [InlineData("2026-08-31", "2027-02-28", true)]
    [InlineData("2026-08-31", "2027-03-01", false)]
    [InlineData("2026-08-01", null, true)]
    public void an_ordinary_order_holds_for_six_months_at_most(string from, string? until, bool possible)
    {
        foreach (var kind in new[] { Ordinary, Psychiatric })
        {
            var then = Draft(kind, Content(kind, Day(from), until is null ? null : Day(until)));
            if (possible)
            {
                then.Accepted<NursingOrderDrafted>();
            }
            else
            {
                then.IsInvalid("content.until", "order.over_six_months");
            }
        }
    }

    [Theory]
    [InlineData("2026-08-01", "2026-08-31")]
    [InlineData("2026-01-31", "2026-02-28")]
    [InlineData("2026-02-10", "2026-03-09")]
    public void a_blank_period_is_one_month(string from, string last) => NursingOrderLimits.LastDay(Ordinary, Day(from), null).ShouldBe(Day(last));

    [Theory]
    [InlineData("2026-08-01", "2026-08-01", "2026-08-14", null)]
    [InlineData("2026-08-01", "2026-08-01", "2026-08-15", "order.over_fourteen_days")]
    [InlineData("2026-08-01", "2026-08-03", "2026-08-15", "order.over_fourteen_days")]
    [InlineData("2026-08-02", "2026-08-01", "2026-08-10", "order.before_examination")]
    [InlineData("2026-08-25", "2026-08-25", "2026-09-07", null)]
    public void a_special_order_reaches_fourteen_days_from_the_examination_also_across_months(string examined, string from, string until, string? key)
    {
        foreach (var kind in new[] { Special, PsychiatricSpecial })
        {
            var then = Draft(kind, Content(kind, Day(from), Day(until), Day(examined)));
            if (key is null)
            {
                then.Accepted<NursingOrderDrafted>();
            }
            else
            {
                then.IsInvalid(key == "order.before_examination" ? "content.from" : "content.until", key);
            }
        }
    }

    [Fact]
    public void a_special_order_needs_its_last_day_and_the_day_of_the_examination()
    {
        Draft(Special, Content(Special, August)).IsInvalid("content.until", "order.until_missing");
        Draft(Special, Content(Special, August, August) with { ExaminedOn = null }).IsInvalid("content.examinedOn", "order.examination_missing");
    }

    [Fact]
    public void an_infusion_is_for_seven_days_at_most_on_three_days_a_week_or_more()
    {
        Draft(Infusion, Content(Infusion, August, August.AddDays(6))).Accepted<NursingOrderDrafted>();
        Draft(Infusion, Content(Infusion, August, August.AddDays(7))).IsInvalid("content.until", "order.over_seven_days");
        var twice = Content(Infusion, August, August.AddDays(6));
        Draft(Infusion, twice with { Infusion = twice.Infusion! with { DaysAWeek = 2 } }).IsInvalid("content.infusion.daysAWeek", "order.infusion_days");
        Draft(Infusion, twice with { Infusion = twice.Infusion! with { Drugs = [new InfusionDrug("ソルデム3A", "", "点滴")] } })
            .IsInvalid("content.infusion.drugs[0].dose", "order.dose_missing");
    }

    [Fact]
    public void a_period_does_not_end_before_it_begins() =>
        Draft(Ordinary, Content(Ordinary, August, August.AddDays(-1))).IsInvalid("content.until", "time.ends_before_start");

    [Fact]
    public void a_complete_order_is_confirmed_with_the_person_and_the_period_as_they_are_then()
    {
        var issued = Issue(Ordinary, Content(Ordinary, Today)).Accepted<NursingOrderIssued>();
        issued.LastDay.ShouldBe(NursingOrderLimits.LastDayOfMonths(Today, 1));
        issued.IssuedOn.ShouldBe(Today);
        issued.PatientName.ShouldBe(People.Okamoto.Name);
    }

    [Fact]
    public void what_is_missing_is_named_and_such_an_order_is_not_confirmed()
    {
        Issue(Ordinary, Content(Ordinary, Today) with { Consent = false }).IsRefused("order.incomplete");
        Issue(Ordinary, Content(Ordinary, Today) with { Diagnoses = [] }).IsRefused("order.incomplete");
        NursingOrderLimits.Missing(Special, new NursingOrderContent(Station, Today)).ShouldBe(["consent", "state", "reason", "emergencyContact"]);
        NursingOrderLimits.Missing(Psychiatric, new NursingOrderContent(Station, Today)).ShouldBe(["consent", "diagnoses", "state", "emergencyContact"]);
        var central = Content(Infusion, Today, Today);
        NursingOrderLimits.Missing(Infusion, central with { Infusion = central.Infusion! with { Peripheral = false } }).ShouldBe(["infusion"]);
    }

    [Fact]
    public void two_orders_of_a_kind_to_one_station_do_not_overlap_and_one_institution_orders()
    {
        var first = InForce(2, Ordinary, Content(Ordinary, Today.AddDays(-10), Today.AddDays(20)));
        Issue(Ordinary, Content(Ordinary, Today.AddDays(20), Today.AddDays(60)), first).IsRefused("order.overlaps");
        Issue(Ordinary, Content(Ordinary, Today.AddDays(21), Today.AddDays(60)), first).Accepted<NursingOrderIssued>();
        var elsewhere = Guid.CreateVersion7();
        Issue(Ordinary, Content(Ordinary, Today, Today.AddDays(60)) with { StationId = elsewhere }, first).Accepted<NursingOrderIssued>();
        var byOther = InForce(2, Ordinary, Content(Ordinary, Today.AddDays(-10), Today.AddDays(20)), People.As(Profession.Physician, "別の医師", Guid.CreateVersion7()));
        Issue(Ordinary, Content(Ordinary, Today, Today.AddDays(60)) with { StationId = elsewhere }, byOther).IsRefused("order.other_institution");
        Issue(Ordinary, Content(Ordinary, Today, Today.AddDays(60)), [.. first, new NursingOrderWithdrawn(Id(2), Patient, Ordinary, NursingOrderStatus.Signed, Today, "改める")])
            .Accepted<NursingOrderIssued>();
    }

    [Fact]
    public void a_special_order_stands_on_an_ordinary_one_of_the_same_physician()
    {
        var special = Content(Special, Today, Today.AddDays(13));
        Issue(Special, special).IsRefused("order.ordinary_missing");
        Issue(Special, special, OrdinaryInForce()).Accepted<NursingOrderIssued>();
        Issue(Special, special, OrdinaryInForce(by: People.As(Profession.Physician, "森 由美", People.Clinic))).IsRefused("order.ordinary_missing");
        Issue(Special, special, OrdinaryInForce(kind: Psychiatric)).IsRefused("order.ordinary_missing");
        Issue(Special, special, InForce(2, Ordinary, Content(Ordinary, Today.AddDays(-60), Today.AddDays(-1)))).IsRefused("order.ordinary_missing");
        Issue(PsychiatricSpecial, special, OrdinaryInForce(kind: Psychiatric)).Accepted<NursingOrderIssued>();
    }

    [Fact]
    public void a_second_special_order_of_a_month_needs_its_reason_and_a_third_is_refused()
    {
        object[] ordinary = [.. OrdinaryInForce(), .. InForce(2, Special, Content(Special, new(2026, 11, 1), new(2026, 11, 7)))];
        var second = Content(Special, new(2026, 11, 10), new(2026, 11, 15));
        Issue(Special, second, ordinary).IsRefused("order.second_special");
        Issue(Special, second with { SecondReason = SecondSpecialReason.PressureUlcerBeyondDermis }, ordinary).Accepted<NursingOrderIssued>();
        object[] two = [.. ordinary, .. InForce(3, Special, second)];
        var third = Content(Special, new(2026, 11, 20), new(2026, 11, 22)) with { SecondReason = SecondSpecialReason.TrachealCannula };
        Issue(Special, third, two).IsRefused("order.third_special");
        Issue(Special, Content(Special, new(2026, 12, 1), new(2026, 12, 5), new(2026, 12, 1)) with { SecondReason = null }, two).IsRefused("order.examined_in_future");
    }

    [Fact]
    public void an_order_that_was_signed_and_withdrawn_counts_and_one_that_never_was_does_not()
    {
        var first = Content(Special, new(2026, 11, 1), new(2026, 11, 7));
        var withdrawn = new NursingOrderWithdrawn(Id(2), Patient, Special, NursingOrderStatus.Signed, Today, "入院");
        var second = Content(Special, new(2026, 11, 10), new(2026, 11, 15));
        Issue(Special, second, [.. OrdinaryInForce(), .. InForce(2, Special, first), withdrawn]).IsRefused("order.second_special");
        Issue(Special, second, [.. OrdinaryInForce(), Drafted(2, Special, first), Issued(2, Special, first), withdrawn with { Was = NursingOrderStatus.Issued }]).Accepted<NursingOrderIssued>();
    }

    [Fact]
    public void a_second_psychiatric_special_order_of_a_month_is_refused_whatever_its_reason() =>
        Issue(
            PsychiatricSpecial, Content(PsychiatricSpecial, new(2026, 11, 10), new(2026, 11, 15)) with { SecondReason = SecondSpecialReason.TrachealCannula },
            [.. OrdinaryInForce(kind: Psychiatric), .. InForce(2, PsychiatricSpecial, Content(PsychiatricSpecial, new(2026, 11, 1), new(2026, 11, 7)))])
            .IsRefused("order.second_psychiatric_special");

    [Fact]
    public void an_infusion_is_ordered_once_a_week()
    {
        // 22 November 2026 is a Sunday.
        var before = InForce(2, Infusion, Content(Infusion, new(2026, 11, 15), new(2026, 11, 17)));
        Issue(Infusion, Content(Infusion, new(2026, 11, 19), new(2026, 11, 21)), before).IsRefused("order.second_infusion");
        Issue(Infusion, Content(Infusion, new(2026, 11, 22), new(2026, 11, 28)), before).Accepted<NursingOrderIssued>();
    }

    [Fact]
    public void an_order_is_signed_by_hand_once_it_is_confirmed()
    {
        var content = Content(Ordinary, Today);
        Given.Events<NursingOrderBook>(Drafted(1, Ordinary, content)).ByPhysician().When(new SignNursingOrder(Id(1), Patient, Today)).IsRefused("order.not_issued");
        var issued = Given.Events<NursingOrderBook>(Drafted(1, Ordinary, content), Issued(1, Ordinary, content));
        issued.By(People.Nurse).When(new SignNursingOrder(Id(1), Patient, Today)).Accepted<NursingOrderSigned>().Signature.ShouldBe(new OrderSignature(Today));
        issued.ByPhysician().When(new SignNursingOrder(Id(1), Patient, Today.AddDays(1))).IsInvalid("signedOn", "time.in_future");
        var signed = Given.Events<NursingOrderBook>(InForce(1, Ordinary, content)).ByPhysician();
        signed.When(new SignNursingOrder(Id(1), Patient, Today)).IsAlreadySo();
        signed.When(new SignNursingOrder(Id(1), Patient, Today.AddDays(-1))).IsRefused("order.already_signed");
        signed.When(new DraftNursingOrder(Id(1), Patient, Ordinary, content with { State = "後から" })).IsRefused("order.already_issued");
    }

    [Fact]
    public void a_special_order_is_not_in_force_before_the_ordinary_one_is_signed()
    {
        var ordinary = Content(Ordinary, Today);
        var special = Content(Special, Today, Today.AddDays(13));
        object[] both = [Drafted(2, Ordinary, ordinary), Issued(2, Ordinary, ordinary), Drafted(1, Special, special), Issued(1, Special, special)];
        Given.Events<NursingOrderBook>(both).ByPhysician().When(new SignNursingOrder(Id(1), Patient, Today)).IsRefused("order.ordinary_unsigned");
        Given.Events<NursingOrderBook>([.. both, Signed(2, Ordinary)]).ByPhysician().When(new SignNursingOrder(Id(1), Patient, Today)).Accepted<NursingOrderSigned>();

        // Nor on one that another physician signed, or that ended before.
        var byMori = InForce(3, Ordinary, ordinary, People.As(Profession.Physician, "森 由美", People.Clinic));
        Given.Events<NursingOrderBook>([.. both, .. byMori]).ByPhysician().When(new SignNursingOrder(Id(1), Patient, Today)).IsRefused("order.ordinary_unsigned");
        var over = InForce(3, Ordinary, Content(Ordinary, Today.AddDays(-60), Today.AddDays(-1)));
        Given.Events<NursingOrderBook>([.. both, .. over]).ByPhysician().When(new SignNursingOrder(Id(1), Patient, Today)).IsRefused("order.ordinary_unsigned");
    }

    [Fact]
    public void a_special_order_counts_in_the_month_of_its_examination_and_orders_to_several_stations_after_one_examination_count_once()
    {
        object[] november = [.. OrdinaryInForce(), .. InForce(2, Special, Content(Special, new(2026, 11, 10), new(2026, 11, 15)))];
        Issue(Special, Content(Special, new(2026, 11, 1), new(2026, 11, 7), new(2026, 10, 31)), november).Accepted<NursingOrderIssued>();
        var elsewhere = Content(Special, new(2026, 11, 11), new(2026, 11, 15), new(2026, 11, 10)) with { StationId = Guid.CreateVersion7() };
        Issue(Special, elsewhere, november).Accepted<NursingOrderIssued>();
    }

    [Fact]
    public void a_draft_whose_period_is_beyond_the_limits_by_now_is_not_confirmed() =>
        Issue(Special, Content(Special, Today.AddDays(-14), Today), OrdinaryInForce()).IsRefused("order.over_fourteen_days");

    [Fact]
    public void of_drafts_there_are_not_too_many_and_one_that_is_there_is_written_anew()
    {
        var drafts = Enumerable.Range(1, 300).Select(n => (object)Drafted(n, Ordinary, Content(Ordinary, Today))).ToArray();
        var full = Given.Events<NursingOrderBook>(drafts).ByPhysician();
        full.When(new DraftNursingOrder(Id(301), Patient, Ordinary, Content(Ordinary, Today))).IsRefused("order.too_many_drafts");
        full.When(new DraftNursingOrder(Id(300), Patient, Ordinary, Content(Ordinary, Today) with { State = "変わりない" })).Accepted<NursingOrderDrafted>();
    }

    [Fact]
    public void an_order_in_force_is_withdrawn_with_a_reason_by_its_institution_and_a_draft_without()
    {
        var signed = Given.Events<NursingOrderBook>(InForce(1, Ordinary, Content(Ordinary, Today.AddDays(-10), Today.AddDays(30)))).ByPhysician();
        signed.When(new WithdrawNursingOrder(Id(1), Patient)).IsInvalid("reason", "order.withdrawal_needs_reason");
        signed.When(new WithdrawNursingOrder(Id(1), Patient, "入院")).Accepted<NursingOrderWithdrawn>().Was.ShouldBe(NursingOrderStatus.Signed);
        signed.By(People.As(Profession.Physician, "よその医師", Guid.CreateVersion7())).When(new WithdrawNursingOrder(Id(1), Patient, "入院")).IsForbidden("order.of_another_physician");
        signed.By(People.As(Profession.Physician, "同じ診療所の医師", People.Clinic)).When(new WithdrawNursingOrder(Id(1), Patient, "入院")).Accepted<NursingOrderWithdrawn>();
        var draft = Given.Events<NursingOrderBook>(Drafted(1, Ordinary, Content(Ordinary, Today))).ByPhysician();
        draft.When(new WithdrawNursingOrder(Id(1), Patient)).Accepted<NursingOrderWithdrawn>().Was.ShouldBe(NursingOrderStatus.Draft);
        draft.When(new WithdrawNursingOrder(Id(2), Patient)).IsRefused("order.unknown");
    }

    [Fact]
    public void fields_have_their_limits()
    {
        var good = Content(Ordinary, Today);
        Draft(Ordinary, good with { Diagnoses = [new("a"), new("b"), new("c"), new("d")] }).IsInvalid("content.diagnoses", "order.three_diagnoses");
        Draft(Ordinary, good with { Devices = [new(OrderDeviceKind.Oxygen), new(OrderDeviceKind.Oxygen)] }).IsInvalid("content.devices", "order.device_twice");
        Draft(Ordinary, good with { Devices = [new(OrderDeviceKind.IndwellingCatheter, ChangeEveryDays: 0)] }).IsInvalid("content.devices[0].changeEveryDays", "order.change_days");
        Draft(Ordinary, good with { Therapy = new OrderTherapy([Profession.Nurse]) }).IsInvalid("content.therapy.professions", "order.therapists");
        Draft(Ordinary, good with { State = new string('あ', 2001) }).IsInvalid("content.state", "field.too_long");
        Draft((NursingOrderKind)99, good).IsInvalid("kind", "field.not_a_choice");
        Draft(Ordinary, good with { From = new DateOnly(1, 1, 1) }).IsInvalid("content.from", "order.day");
        Draft(Ordinary, good with { Until = DateOnly.MaxValue }).IsInvalid("content.until", "order.day");
        Draft(Ordinary, good with { Devices = [null!] }).IsInvalid("content.devices[0]", "field.required");
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void an_order_for_suction_names_what_carers_do_and_how_holds_six_months_at_most_and_is_renewed()
    {
        var content = Content(NursingOrderKind.Suction, Today, NursingOrderLimits.LastDayOfMonths(Today, 6));
        NursingOrderLimits.Missing(NursingOrderKind.Suction, content).ShouldBeEmpty();
        NursingOrderLimits.Missing(NursingOrderKind.Suction, content with { Suction = new SuctionPart() }).ShouldBe(["suction"]);
        NursingOrderLimits.Missing(NursingOrderKind.Suction, content with { Suction = content.Suction! with { Acts = [CarerAct.Mouth, CarerAct.NasalTube] } }).ShouldBe(["suction"], "nothing is said of the feeding");
        NursingOrderLimits.PeriodProblem(NursingOrderKind.Suction, content with { Until = null }).ShouldBe(("content.until", "order.until_missing"));
        NursingOrderLimits.PeriodProblem(NursingOrderKind.Suction, content with { Until = content.Until!.Value.AddDays(1) }).ShouldBe(("content.until", "order.over_six_months"));
        NursingOrderLimits.IsBase(NursingOrderKind.Suction).ShouldBeFalse("no nurse visits on it");
        NursingOrderLimits.IsRenewed(NursingOrderKind.Suction).ShouldBeTrue();
        var given = Given.Events<NursingOrderBook>().ByPhysician();
        given.When(new DraftNursingOrder(Id(1), Patient, NursingOrderKind.Suction, content with { Suction = new SuctionPart { DisabilityLevel = 7 } })).IsInvalid("content.suction.disabilityLevel", "order.disability_level");
        given.When(new DraftNursingOrder(Id(1), Patient, NursingOrderKind.Suction, content)).Accepted<NursingOrderDrafted>();
        Given.Events<NursingOrderBook>(Drafted(1, NursingOrderKind.Suction, content)).By(People.Physician).When(new IssueNursingOrder(Id(1), Patient)).Accepted<NursingOrderIssued>();
    }
}
