using HomeCare.Handovers;
using HomeCare.Instructions;

namespace HomeCare.Tests.Handovers;

/// <summary>Handing a person over to the next: to whom, who takes over, and what cannot be taken back.</summary>
public sealed class HandoverTests
{
    private static readonly Guid Id = Ids.Of("handover");
    private static readonly Guid Patient = People.Okamoto.PatientId;
    private static readonly Sbar Words = new("昨夜からSpO₂ 88%", "COPD、在宅酸素 2 L", null, "明朝の再測定、86%未満なら佐藤医師へ電話");
    private static readonly Addressee ToPhysician = new(AddresseeKind.Person, People.Physician.PersonId);
    private static readonly HandoverSent Sent = new(Id, Patient, People.Nurse.PersonId, ToPhysician, People.Physician.Name, Words);

    private static Scenario<Handover> Knowing(Scenario<Handover> given, IReadOnlyList<Actor> team, params Actor[] others) => given with
    {
        Known = new Known(team.Concat(others).ToDictionary(p => p.PersonId, p => p.Known()), new Dictionary<Guid, string>()) { Team = team.Select(p => p.PersonId).ToHashSet() },
    };

    private static SendHandover Send(Addressee? to = null, Sbar? words = null) => new(Id, Patient, to ?? ToPhysician, words ?? Words);

    [Fact]
    public void it_goes_to_a_person_of_the_team_or_to_a_profession()
    {
        Knowing(Given.Nothing<Handover>(), [People.Physician]).When(Send()).Happens(Sent);
        var all = new Addressee(AddresseeKind.Profession, null, Profession.Nurse);
        Given.Nothing<Handover>().When(Send(all)).Happens(Sent with { To = all, ToName = null });
    }

    [Fact]
    public void blank_steps_are_no_steps_and_situation_and_recommendation_are_needed()
    {
        Knowing(Given.Nothing<Handover>(), [People.Physician]).When(Send(words: Words with { Background = " ", Assessment = "\n" }))
            .Happens(Sent with { Sbar = Words with { Background = null } });
        Given.Nothing<Handover>().When(Send(words: Words with { Situation = " " })).IsInvalid("sbar.situation", "handover.situation_missing");
        Given.Nothing<Handover>().When(Send(words: Words with { Recommendation = "" })).IsInvalid("sbar.recommendation", "handover.recommendation_missing");
        Given.Nothing<Handover>().When(Send(words: null!) with { Sbar = null! }).IsInvalid("sbar", "field.required");
        Given.Nothing<Handover>().When(Send(words: Words with { Background = new string('あ', Sbar.Longest + 1) })).Validation.IsValid.ShouldBeFalse();
    }

    [Fact]
    public void who_is_not_on_the_team_or_may_not_see_it_is_refused_by_name_and_nobody_hands_over_to_themselves()
    {
        var stranger = Knowing(Given.Nothing<Handover>(), [], People.Physician).When(Send());
        stranger.IsRefused("handover.not_on_team");
        ((Decision.Refused)stranger.Decision!).Who.ShouldBe(People.Physician.Name);
        var daughter = People.As(Profession.Family, "岡本 恵子");
        Knowing(Given.Nothing<Handover>(), [daughter]).When(Send(new Addressee(AddresseeKind.Person, daughter.PersonId))).IsRefused("handover.may_not_see");
        Knowing(Given.Nothing<Handover>(), [People.Nurse]).When(Send(new Addressee(AddresseeKind.Person, People.Nurse.PersonId))).IsInvalid("to", "handover.to_oneself");
        foreach (var none in new[] { new Addressee(AddresseeKind.Profession, null, Profession.Family), new Addressee(AddresseeKind.Person), new Addressee(AddresseeKind.WhoeverVisitsNext), null! })
        {
            Given.Nothing<Handover>().When(new SendHandover(Id, Patient, none, Words)).IsInvalid("to", "handover.to_whom");
        }

        Given.Events<Handover>(Sent).When(Send(new Addressee(AddresseeKind.Profession, null, Profession.Nurse))).IsRefused("handover.already_sent");
    }

    [Fact]
    public void whom_it_is_for_takes_over_once_and_nobody_else()
    {
        var sent = Given.Events<Handover>(Sent);
        sent.By(People.Physician).When(new AcknowledgeHandover(Id, " ")).Happens(new HandoverAcknowledged(Id, Patient, People.Physician.PersonId, null));
        sent.By(People.As(Profession.Helper, "高橋 由美")).When(new AcknowledgeHandover(Id)).IsForbidden("handover.for_another");
        sent.When(new AcknowledgeHandover(Id)).IsForbidden("handover.for_another");

        // To a profession: the first of them, for all; public health nurses are nurses; the sender is not the next person.
        var any = Given.Events<Handover>(Sent with { To = new Addressee(AddresseeKind.Profession, null, Profession.Nurse), ToName = null });
        var other = People.As(Profession.PublicHealthNurse, "安部 翔");
        any.By(other).When(new AcknowledgeHandover(Id, "承知しました")).Happens(new HandoverAcknowledged(Id, Patient, other.PersonId, "承知しました"));
        any.When(new AcknowledgeHandover(Id)).IsForbidden("handover.for_another");
        var taken = any with { State = any.State.Apply(new HandoverAcknowledged(Id, Patient, other.PersonId, null)) };
        taken.By(other).When(new AcknowledgeHandover(Id)).IsAlreadySo();
        taken.By(People.As(Profession.Nurse, "別の看護師")).When(new AcknowledgeHandover(Id)).IsRefused("handover.taken_by_another");
    }

    [Fact]
    public void its_sender_takes_it_back_until_somebody_took_over()
    {
        var sent = Given.Events<Handover>(Sent);
        sent.When(new WithdrawHandover(Id, "宛先の誤り")).Happens(new HandoverWithdrawn(Id, Patient, "宛先の誤り"));
        sent.When(new WithdrawHandover(Id, "")).Validation.IsValid.ShouldBeFalse();
        sent.By(People.Physician).When(new WithdrawHandover(Id, "読まない")).IsForbidden("handover.of_another");
        var taken = Given.Events<Handover>(Sent, new HandoverAcknowledged(Id, Patient, People.Physician.PersonId, null));
        taken.When(new WithdrawHandover(Id, "宛先の誤り")).IsRefused("handover.acknowledged");
        var back = Given.Events<Handover>(Sent, new HandoverWithdrawn(Id, Patient, "宛先の誤り"));
        back.When(new WithdrawHandover(Id, "もう一度")).IsAlreadySo();
        back.By(People.Physician).When(new AcknowledgeHandover(Id)).IsRefused("handover.withdrawn");
    }
}
