using HomeCare.Patients;

namespace HomeCare.Tests.Patients;

/// <summary>The person's wishes: talked about again and again, written down each time, confirmed by a physician.</summary>
public sealed class WishesTests
{
    private static readonly Guid Id = People.Okamoto.PatientId;
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly PatientRegistered Registered = new(Id, new PatientDetails("岡本", "フミ", null, null, null, Sex.Female), null);

    internal static Wishes Wishes { get; } = new(
        Today.AddDays(-3), ["本人", "長女 恵子", "訪問看護師 田中"], DecisionCapacity.CanDecide, new(TreatmentWish.DoesNotWish), new(TreatmentWish.DoesNotWish, "苦しさを取ることは望む"),
        new(AdmissionWish.OnlyWhenAsked), new(TreatmentWish.Undecided), new(PlaceWish.Home), "ここにいたい", new Spokesperson("岡本 恵子", "長女", "090-0000-0001"), Today.AddDays(30));

    private static WishesRecorded Version(int version, Wishes? wishes = null, Actor? by = null) =>
        new(Id, Ids.Of($"wishes{version}"), version, wishes ?? Wishes, (by ?? People.Nurse).PersonId);

    private static RecordWishes Record(int version, Wishes? wishes = null) => new(Id, Ids.Of($"wishes{version}"), version, wishes ?? Wishes);

    private static Scenario<Patient> Given(params object[] events) => HomeCare.Tests.Given.Events<Patient>([Registered, .. events]);

    [Fact]
    public void the_first_talk_is_version_one_and_each_further_one_the_next()
    {
        Given().When(Record(1)).Happens(Version(1));
        Given(Version(1)).When(Record(2, Wishes with { Words = "入院はもういい" })).Happens(Version(2, Wishes with { Words = "入院はもういい" }));
        Given(Version(1)).When(Record(1)).IsAlreadySo();
        Given(Version(1)).When(Record(3)).IsRefused("wishes.version_skipped");
        Given(Version(1)).When(Record(2) with { WishesId = Ids.Of("wishes1") }).IsInvalid("wishesId", "wishes.id_used");
    }

    [Fact]
    public void who_did_not_see_the_newest_version_is_told_that_there_is_one() =>
        Given(Version(1), Version(2, Wishes with { Words = "別の人の記録" })).When(Record(2)).IsRefused("wishes.newer_version");

    [Fact]
    public void a_talk_is_not_of_tomorrow_nor_of_long_ago_nor_before_the_one_in_force()
    {
        Given().When(Record(1, Wishes with { TalkedOn = Today.AddDays(1), ReviewOn = null })).IsInvalid("wishes.talkedOn", "time.in_future");
        Given().When(Record(1, Wishes with { TalkedOn = new DateOnly(1989, 12, 31) })).IsInvalid("wishes.talkedOn", "time.too_early");
        Given(Version(1)).When(Record(2, Wishes with { TalkedOn = Wishes.TalkedOn.AddDays(-1) })).IsInvalid("wishes.talkedOn", "wishes.before_the_last");
        Given(Version(1), new WishesWithdrawn(Id, Ids.Of("wishes1"), 1, "別の人")).When(Record(2, Wishes with { TalkedOn = Wishes.TalkedOn.AddDays(-1) })).Accepted<WishesRecorded>();
    }

    [Fact]
    public void the_day_of_the_talk_is_japans()
    {
        // Half past midnight on the 23rd in Japan is still the 22nd in UTC.
        var night = new DateTimeOffset(2026, 11, 22, 15, 30, 0, TimeSpan.Zero);
        Given().At(night).When(Record(1, Wishes with { TalkedOn = Today.AddDays(1) })).Accepted<WishesRecorded>();
    }

    [Fact]
    public void somebody_took_part_and_the_review_comes_after_the_talk()
    {
        Given().When(Record(1, Wishes with { TookPart = [] })).IsInvalid("wishes.tookPart", "wishes.nobody_took_part");
        Given().When(Record(1, Wishes with { TookPart = [" "] })).IsInvalid("wishes.tookPart[0]", "field.required");
        Given().When(Record(1, Wishes with { TookPart = [.. Enumerable.Repeat("家族", 21)] })).IsInvalid("wishes.tookPart", "field.too_many");
        Given().When(Record(1, Wishes with { ReviewOn = Wishes.TalkedOn })).IsInvalid("wishes.reviewOn", "wishes.review_not_after_talk");
        Given().When(Record(1, Wishes with { ReviewOn = Wishes.TalkedOn.AddDays(1) })).Accepted<WishesRecorded>();
    }

    [Fact]
    public void what_cannot_be_said_is_refused_at_its_field()
    {
        Given().When(Record(1, Wishes with { Place = new((PlaceWish)9) })).IsInvalid("wishes.place.choice", "field.not_a_choice");
        Given().When(Record(1, Wishes with { Feeding = new(TreatmentWish.Wishes, new string('あ', 301)) })).IsInvalid("wishes.feeding.note", "field.too_long");
        Given().When(Record(1, Wishes with { Admission = null! })).IsInvalid("wishes.admission", "field.required");
        Given().When(Record(1, Wishes with { Spokesperson = new("", "長女") })).IsInvalid("wishes.spokesperson.name", "field.required");
        Given().When(Record(1, null) with { Wishes = null! }).IsInvalid("wishes", "field.required");
        Given().When(Record(0)).IsInvalid("version", "wishes.version_skipped");
    }

    [Fact]
    public void nobody_need_speak_for_the_person_even_where_the_will_is_presumed() =>
        Given().When(Record(1, Wishes with { Capacity = DecisionCapacity.Presumed, Spokesperson = null })).Accepted<WishesRecorded>();

    [Fact]
    public void a_physician_confirms_the_version_in_force_and_no_other()
    {
        var confirmed = new WishesConfirmed(Id, Ids.Of("wishes2"), 2);
        Given(Version(1), Version(2)).By(People.Physician).When(new ConfirmWishes(Id, 2)).Happens(confirmed);
        Given(Version(1), Version(2), confirmed).By(People.Physician).When(new ConfirmWishes(Id, 2)).IsAlreadySo();
        Given(Version(1), Version(2)).By(People.Physician).When(new ConfirmWishes(Id, 1)).IsRefused("wishes.outdated");
        Given().By(People.Physician).When(new ConfirmWishes(Id, 1)).IsRefused("wishes.unknown");
        Permissions.Allows(Act.ConfirmWishes, Profession.Nurse).ShouldBeFalse();
        Permissions.Allows(Act.ConfirmWishes, Profession.Family).ShouldBeFalse();
    }

    [Fact]
    public void a_withdrawn_version_is_not_confirmed_and_the_one_before_is_in_force_again()
    {
        var given = Given(Version(1), Version(2), new WishesWithdrawn(Id, Ids.Of("wishes2"), 2, "別の人")).By(People.Physician);
        given.When(new ConfirmWishes(Id, 2)).IsRefused("wishes.withdrawn");
        given.When(new ConfirmWishes(Id, 1)).Accepted<WishesConfirmed>();
        // Its number is not given to another.
        given.When(Record(2, Wishes with { Words = "改めて" })).IsRefused("wishes.newer_version");
        given.When(Record(3)).Accepted<WishesRecorded>();
    }

    [Fact]
    public void whoever_wrote_a_version_withdraws_it_until_a_physician_has_confirmed_it_and_a_physician_always()
    {
        var withdraw = new WithdrawWishes(Id, 1, "別の人の話し合い");
        var withdrawn = new WishesWithdrawn(Id, Ids.Of("wishes1"), 1, withdraw.Reason);
        var confirmed = new WishesConfirmed(Id, Ids.Of("wishes1"), 1);
        Given(Version(1)).When(withdraw).Happens(withdrawn);
        Given(Version(1), withdrawn).When(withdraw).IsAlreadySo();
        Given(Version(1)).By(People.OtherNurse).When(withdraw).IsForbidden("wishes.of_another");
        Given(Version(1), confirmed).When(withdraw).IsForbidden("wishes.confirmed_already");
        Given(Version(1), confirmed).By(People.Physician).When(withdraw).Happens(withdrawn);
        Given(Version(1)).When(withdraw with { Reason = "" }).IsInvalid("reason", "field.required");
        Given().When(withdraw).IsRefused("wishes.unknown");
    }

    [Theory]
    [InlineData(-1, true), InlineData(0, false), InlineData(1, false), InlineData(null, false)]
    public void a_review_is_overdue_from_the_day_after(int? days, bool overdue) =>
        new RecordedWishes(1, Id, Wishes with { ReviewOn = days is { } d ? Today.AddDays(d) : null }, Clock.Now, Id, "", Profession.Nurse).IsReviewOverdue(Today).ShouldBe(overdue);
}
