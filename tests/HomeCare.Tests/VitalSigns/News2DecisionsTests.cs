using HomeCare.Communities;
using HomeCare.Patients;
using HomeCare.VitalSigns;

namespace HomeCare.Tests.VitalSigns;

/// <summary>The physician's decisions about the score, and the community's about what is done.</summary>
public sealed class News2DecisionsTests
{
    private static readonly DateOnly Today = JapanTime.DayOf(Clock.Now);
    private static readonly Guid Id = People.Okamoto.PatientId;
    private static readonly News2Off Off = new(News2OffReason.EndOfLife, Today, "看取り期に入った");
    private static readonly Scale2Decision Scale2 = new("PaCO₂ 58 mmHg(11月1日)", 88, 92, Today);

    private static Scenario<Patient> Registered(params object[] more) =>
        Given.Events<Patient>([new PatientRegistered(Id, new PatientDetails("岡本", "フミ", null, null, new DateOnly(1938, 3, 4), Sex.Female), null), .. more]).By(People.Physician);

    [Fact]
    public void switched_off_with_reason_and_day_and_on_again()
    {
        Registered().When(new SwitchNews2Off(Id, Off)).Happens(new News2SwitchedOff(Id, Off));
        Registered(new News2SwitchedOff(Id, Off)).When(new SwitchNews2Off(Id, Off)).IsAlreadySo();
        Registered(new News2SwitchedOff(Id, Off)).When(new SwitchNews2Off(Id, Off with { Note = "変更" })).Accepted<News2SwitchedOff>();
        Registered(new News2SwitchedOff(Id, Off)).When(new SwitchNews2On(Id, "回復")).Happens(new News2SwitchedOn(Id, "回復"));
        Registered().When(new SwitchNews2On(Id)).IsAlreadySo();
    }

    [Fact]
    public void not_from_a_day_to_come_and_another_reason_needs_words()
    {
        Registered().When(new SwitchNews2Off(Id, Off with { From = Today.AddDays(1) })).IsInvalid("off.from", "time.in_future");
        Registered().When(new SwitchNews2Off(Id, new News2Off(News2OffReason.Other, Today))).IsInvalid("off.note", "field.required");
    }

    [Fact]
    public void scale_2_with_evidence_target_and_day_and_back_to_scale_1()
    {
        Registered().When(new UseSpO2Scale2(Id, Scale2)).Happens(new SpO2Scale2Chosen(Id, Scale2));
        Registered(new SpO2Scale2Chosen(Id, Scale2)).When(new UseSpO2Scale2(Id, Scale2)).IsAlreadySo();
        Registered(new SpO2Scale2Chosen(Id, Scale2)).When(new UseSpO2Scale1(Id, "CO₂貯留なし")).Happens(new SpO2Scale1Chosen(Id, "CO₂貯留なし"));
        Registered().When(new UseSpO2Scale1(Id)).IsAlreadySo();
    }

    [Fact]
    public void scale_2_without_evidence_or_with_an_impossible_target_is_refused()
    {
        Registered().When(new UseSpO2Scale2(Id, Scale2 with { Evidence = " " })).IsInvalid("scale2.evidence", "field.required");
        Registered().When(new UseSpO2Scale2(Id, Scale2 with { TargetHigh = 101 })).IsInvalid("scale2.targetHigh", "range.impossible");
        Registered().When(new UseSpO2Scale2(Id, Scale2 with { TargetLow = 92, TargetHigh = 88 })).IsInvalid("scale2.targetHigh", "range.low_above_high");
        Registered().When(new UseSpO2Scale2(Id, Scale2 with { DecidedOn = Today.AddDays(1) })).IsInvalid("scale2.decidedOn", "time.in_future");
    }

    [Fact]
    public void the_community_defines_its_acts()
    {
        var acts = new News2Acts("看護師が再測定する", "主治医へ電話", "主治医へ直ちに電話");
        Given.Nothing<HomeCare.Communities.Community>().By(People.Nurse).When(new DefineNews2Acts(acts)).Happens(new News2ActsDefined(acts));
        Given.Events<HomeCare.Communities.Community>(new News2ActsDefined(acts)).When(new DefineNews2Acts(acts)).IsAlreadySo();
        Given.Nothing<HomeCare.Communities.Community>().When(new DefineNews2Acts(acts with { Urgent = new string('あ', 501) })).IsInvalid("acts.urgent", "field.too_long");
        acts.Of(News2Band.None).ShouldBeNull();
        acts.Of(News2Band.Emergency).ShouldBe("主治医へ直ちに電話");
    }
}
