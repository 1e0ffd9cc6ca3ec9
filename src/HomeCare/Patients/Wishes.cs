namespace HomeCare.Patients;

/// <summary>What the person wishes for the last part of life, as one talk of advance care planning (人生会議) left it.</summary>
/// <remarks>
/// Source: Ministry of Health, Labour and Welfare, 人生の最終段階における医療・ケアの決定プロセスに関するガイドライン (revised March 2018): the person's own will comes first and may
/// change at any time, so that it is talked about again and again with those close to them and the team, and each talk is written down; where the will cannot
/// be had, those who speak for the person presume it; where there is nobody, the team seeks what is best for the person.
/// </remarks>
/// <param name="TalkedOn">The day of the talk; not in the future.</param>
/// <param name="TookPart">Who took part, by name or role, 1 to 20, each at most 100 characters.</param>
/// <param name="Capacity">Whether the person could decide.</param>
/// <param name="Resuscitation">心肺蘇生</param>
/// <param name="Ventilation">気管挿管・人工呼吸</param>
/// <param name="Admission">入院</param>
/// <param name="Feeding">人工的な水分・栄養の補給</param>
/// <param name="Place">最期を過ごす場所</param>
/// <param name="Words">What the person said, in their words, at most 1000 characters.</param>
/// <param name="Spokesperson">Who speaks for the person; null: nobody is named.</param>
/// <param name="ReviewOn">When it is to be talked about again; after the talk.</param>
public sealed record Wishes(
    DateOnly TalkedOn, IReadOnlyList<string> TookPart, DecisionCapacity Capacity, Wish<TreatmentWish> Resuscitation, Wish<TreatmentWish> Ventilation,
    Wish<AdmissionWish> Admission, Wish<TreatmentWish> Feeding, Wish<PlaceWish> Place, string? Words = null, Spokesperson? Spokesperson = null, DateOnly? ReviewOn = null);

/// <summary>One topic of the talk.</summary>
/// <param name="Choice">What is wished.</param>
/// <param name="Note">Conditions or reasons, at most 300 characters.</param>
public sealed record Wish<T>(T Choice, string? Note = null) where T : struct, Enum;

/// <summary>Who speaks for the person when they cannot (代弁者).</summary>
/// <param name="Name">At most 100 characters.</param>
/// <param name="Relation">In words, at most 50 characters.</param>
/// <param name="Telephone">As dialled, if known.</param>
public sealed record Spokesperson(string Name, string Relation, string? Telephone = null);

/// <summary>Whether the person could decide at the talk.</summary>
public enum DecisionCapacity
{
    /// <summary>本人が決められる</summary>
    CanDecide,
    /// <summary>一部は決められる</summary>
    Partly,
    /// <summary>本人の意思を確かめられず、代弁者らが推定した</summary>
    Presumed,
}

/// <summary>Whether a treatment is wished.</summary>
public enum TreatmentWish
{
    /// <summary>未定・話していない</summary>
    Undecided,
    /// <summary>望む</summary>
    Wishes,
    /// <summary>望まない</summary>
    DoesNotWish,
}

/// <summary>Whether being taken to hospital is wished.</summary>
public enum AdmissionWish
{
    /// <summary>未定・話していない</summary>
    Undecided,
    /// <summary>望む</summary>
    Wishes,
    /// <summary>本人が望むときのみ</summary>
    OnlyWhenAsked,
    /// <summary>望まない</summary>
    DoesNotWish,
}

/// <summary>Where the last time is to be spent.</summary>
public enum PlaceWish
{
    /// <summary>未定・話していない</summary>
    Undecided,
    /// <summary>自宅</summary>
    Home,
    /// <summary>施設</summary>
    Facility,
    /// <summary>病院</summary>
    Hospital,
}

/// <summary>A version of the wishes as decisions know it.</summary>
/// <param name="Recorded">As it was recorded.</param>
/// <param name="Confirmed">A physician confirmed it.</param>
/// <param name="Withdrawn">It should never have been there.</param>
public sealed record WishesVersion(WishesRecorded Recorded, bool Confirmed = false, bool Withdrawn = false)
{
    /// <summary>Versions after a further event.</summary>
    internal static System.Collections.Immutable.ImmutableList<WishesVersion> After(System.Collections.Immutable.ImmutableList<WishesVersion> versions, object e) => e switch
    {
        WishesRecorded recorded => versions.Add(new WishesVersion(recorded)),
        WishesConfirmed confirmed => versions.ConvertAll(v => v.Recorded.Version == confirmed.Version ? v with { Confirmed = true } : v),
        WishesWithdrawn withdrawn => versions.ConvertAll(v => v.Recorded.Version == withdrawn.Version ? v with { Withdrawn = true } : v),
        _ => versions,
    };
}

/// <summary>A version of the wishes on record.</summary>
/// <param name="Version">From 1; a number is never used twice.</param>
/// <param name="WishesId">Names it as the source of a line.</param>
/// <param name="Wishes">What is wished.</param>
/// <param name="RecordedAt">When it was written down.</param>
/// <param name="ById">Who wrote it down.</param>
/// <param name="ByName">By name at the time.</param>
/// <param name="ByProfession">Under which profession or tie.</param>
public sealed record RecordedWishes(int Version, Guid WishesId, Wishes Wishes, DateTimeOffset RecordedAt, Guid ById, string ByName, Profession ByProfession)
{
    /// <summary>When a physician confirmed it; null: nobody has yet.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The physician, by name at the time.</summary>
    public string? ConfirmedBy { get; init; }

    /// <summary>When it was withdrawn; null: it was not.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the day on which it was to be talked about again has passed.</summary>
    public bool IsReviewOverdue(DateOnly today) => Wishes.ReviewOn < today;

    /// <summary>Whether somebody may withdraw it. The command decides again.</summary>
    public bool MayBeWithdrawnBy(Actor by) =>
        WithdrawnAt is null && Permissions.Allows(Act.RecordWishes, by.Profession) && (by.Profession == Profession.Physician || (ConfirmedAt is null && ById == by.PersonId));
}
