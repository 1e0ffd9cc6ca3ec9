using FluentValidation;

namespace HomeCare.Patients;

/// <summary>Write down what a talk about the person's wishes left, as the next version. What was before stays readable.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="WishesId">Chosen by the sender.</param>
/// <param name="Version">The number it becomes: one more than the newest that the sender has seen; 1 for the first. When somebody else wrote one meanwhile it is refused.</param>
/// <param name="Wishes">What is wished.</param>
public sealed record RecordWishes(Guid PatientId, Guid WishesId, int Version, Wishes Wishes) : ICommand<Patient>
{
    /// <summary>Who may take part at most.</summary>
    public const int MostTookPart = 20;

    /// <summary>What must have been before any talk that is on record here.</summary>
    private static readonly DateOnly Earliest = new(1990, 1, 1);

    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation)
    {
        if (Wishes.TalkedOn > JapanTime.DayOf(situation.Now))
        {
            return Decision.Invalid("time.in_future", "wishes.talkedOn");
        }

        var newest = state.Wishes.IsEmpty ? 0 : state.Wishes[^1].Recorded.Version;
        if (Version == newest && Json.Same(state.Wishes[^1].Recorded.Wishes, Wishes))
        {
            return Decision.AlreadySo;
        }

        if (Version != newest + 1)
        {
            return Decision.Refuse(Version <= newest ? "wishes.newer_version" : "wishes.version_skipped");
        }

        if (state.Wishes.Exists(w => w.Recorded.WishesId == WishesId))
        {
            return Decision.Invalid("wishes.id_used", "wishesId");
        }

        // A talk that is written down late must not stand above one that took place after it.
        return state.WishesInForce is { } known && Wishes.TalkedOn < known.Recorded.Wishes.TalkedOn
            ? Decision.Invalid("wishes.before_the_last", "wishes.talkedOn")
            : Decision.Accept(new WishesRecorded(PatientId, WishesId, Version, Wishes, situation.By.PersonId));
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RecordWishes>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.WishesId).NotEmpty();
            RuleFor(c => c.Version).GreaterThan(0).WithErrorCode("wishes.version_skipped");
            RuleFor(c => c.Wishes).NotNull();
            RuleFor(c => c.Wishes).ChildRules(wishes =>
            {
                wishes.RuleFor(w => w.TalkedOn).GreaterThanOrEqualTo(Earliest).WithErrorCode("time.too_early");
                wishes.RuleFor(w => w.TookPart).Must(p => p is { Count: > 0 }).WithErrorCode("wishes.nobody_took_part").Must(p => p is null || p.Count <= MostTookPart).WithErrorCode("field.too_many");
                wishes.RuleForEach(w => w.TookPart).NotEmpty().MaximumLength(100);
                wishes.RuleFor(w => w.Capacity).IsInEnum();
                wishes.RuleFor(w => w.Resuscitation).NotNull().SetValidator(new TopicRules<TreatmentWish>());
                wishes.RuleFor(w => w.Ventilation).NotNull().SetValidator(new TopicRules<TreatmentWish>());
                wishes.RuleFor(w => w.Admission).NotNull().SetValidator(new TopicRules<AdmissionWish>());
                wishes.RuleFor(w => w.Feeding).NotNull().SetValidator(new TopicRules<TreatmentWish>());
                wishes.RuleFor(w => w.Place).NotNull().SetValidator(new TopicRules<PlaceWish>());
                wishes.RuleFor(w => w.Words).MaximumLength(1000);
                wishes.RuleFor(w => w.Spokesperson!).ChildRules(speaks =>
                {
                    speaks.RuleFor(s => s.Name).NotEmpty().MaximumLength(100);
                    speaks.RuleFor(s => s.Relation).NotEmpty().MaximumLength(50);
                    speaks.RuleFor(s => s.Telephone).MaximumLength(30);
                }).When(w => w.Spokesperson is not null);
                wishes.RuleFor(w => w.ReviewOn).Must((w, review) => review is null || review > w.TalkedOn).WithErrorCode("wishes.review_not_after_talk");
            }).When(c => c.Wishes is not null);
        }

        private sealed class TopicRules<T> : AbstractValidator<Wish<T>> where T : struct, Enum
        {
            public TopicRules()
            {
                RuleFor(t => t.Choice).IsInEnum();
                RuleFor(t => t.Note).MaximumLength(300);
            }
        }
    }
}

/// <summary>A physician of the team confirms the wishes in force: they know them, and will act on them.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Version">Which was read; one that a newer has replaced is refused.</param>
public sealed record ConfirmWishes(Guid PatientId, int Version) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation) =>
        state.Wishes.Find(w => w.Recorded.Version == Version) is not { } known ? Decision.Missing("wishes.unknown")
        : known.Withdrawn ? Decision.Refuse("wishes.withdrawn")
        : known != state.WishesInForce ? Decision.Refuse("wishes.outdated")
        : known.Confirmed ? Decision.AlreadySo
        : Decision.Accept(new WishesConfirmed(PatientId, known.Recorded.WishesId, Version));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<ConfirmWishes>
    {
        /// <summary/>
        public Rules() => RuleFor(c => c.PatientId).NotEmpty();
    }
}

/// <summary>Say that a version should never have been there, such as another person's: whoever wrote it, until a physician has confirmed it, or a physician.
/// The version before is in force again. A wish that has changed is no error but a new version.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Version">Which.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record WithdrawWishes(Guid PatientId, int Version, string Reason) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => state.RegisteredId;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation) =>
        state.Wishes.Find(w => w.Recorded.Version == Version) is not { } known ? Decision.Missing("wishes.unknown")
        : known.Withdrawn ? Decision.AlreadySo
        : situation.By.Profession == Profession.Physician ? Withdrawn(known)
        : known.Confirmed ? Decision.Forbid("wishes.confirmed_already")
        : known.Recorded.ById != situation.By.PersonId ? Decision.Forbid("wishes.of_another")
        : Withdrawn(known);

    private Decision.Accepted Withdrawn(WishesVersion known) => Decision.Accept(new WishesWithdrawn(PatientId, known.Recorded.WishesId, Version, Reason));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<WithdrawWishes>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}
