using FluentValidation;

namespace HomeCare.Cover;

/// <summary>Hand duty over for a time (当番の交代), to oneself or to somebody of the organisation.</summary>
/// <param name="OrganisationId">Whose rota.</param>
/// <param name="ToPersonId">Who has it from then on.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when; after <paramref name="From"/> and after now, at most 31 days later.</param>
/// <param name="Note">What they must know, at most 500 characters.</param>
public sealed record HandOverDuty(Guid OrganisationId, Guid ToPersonId, DateTimeOffset From, DateTimeOffset Until, string? Note = null) : ICommand<Rota>
{
    /// <summary>The longest time for which duty is handed over; beyond it the rota itself is set.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(31);

    string ICommand<Rota>.Stream => Rota.StreamOf(OrganisationId);

    /// <inheritdoc/>
    public Guid? PatientOf(Rota state) => null;

    IEnumerable<Reference> ICommand<Rota>.References =>
        [new Reference(ReferenceKind.Organisation, OrganisationId), new Reference(ReferenceKind.Person, ToPersonId)];

    /// <inheritdoc/>
    public Decision Decide(Rota state, Situation situation)
    {
        if (!Rotas.IsKeptBy(OrganisationId, situation.By))
        {
            return Decision.Forbid("cover.not_own_organisation");
        }

        if (Until <= From || Until <= situation.Now)
        {
            return Decision.Invalid("time.ends_before_start", "until");
        }

        if (Until - From > Longest)
        {
            return Decision.Invalid("cover.handed_over_too_long", "until");
        }

        var taken = new DutyTaken(ToPersonId, From, Until, Note);
        return state.HandedOver.LastOrDefault() == taken ? Decision.AlreadySo
            : Decision.Accept(new DutyHandedOver(OrganisationId, ToPersonId, situation.Known.People[ToPersonId].Name, From, Until, Note));
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<HandOverDuty>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.OrganisationId).NotEmpty();
            RuleFor(c => c.ToPersonId).NotEmpty();
            RuleFor(c => c.Note).MaximumLength(500);
        }
    }
}
