using FluentValidation;

namespace HomeCare.Cover;

/// <summary>Set an organisation's rota. Staff set their own organisation's, an administrator any.</summary>
/// <param name="OrganisationId">Whose.</param>
/// <param name="Turns">All its lines, in the place of those before; at most 200.</param>
public sealed record SetRota(Guid OrganisationId, IReadOnlyList<RotaTurn> Turns) : ICommand<Rota>
{
    string ICommand<Rota>.Stream => Rota.StreamOf(OrganisationId);

    /// <inheritdoc/>
    public Guid? PatientOf(Rota state) => null;

    IEnumerable<Reference> ICommand<Rota>.References =>
    [
        new Reference(ReferenceKind.Organisation, OrganisationId),
        .. Turns.Where(t => t.PersonId is not null).Select(t => new Reference(ReferenceKind.Person, t.PersonId!.Value)).Distinct(),
        .. Turns.Where(t => t.OrganisationId is not null).Select(t => new Reference(ReferenceKind.Organisation, t.OrganisationId!.Value)).Distinct(),
    ];

    /// <inheritdoc/>
    public Decision Decide(Rota state, Situation situation) =>
        !Rotas.IsKeptBy(OrganisationId, situation.By) ? Decision.Forbid("cover.not_own_organisation")
        : Turns.Any(t => t.OrganisationId == OrganisationId) ? Decision.Invalid("cover.itself", "turns")
        : state.IsSet && Json.Same<IReadOnlyList<RotaTurn>>([.. state.Turns], Turns) ? Decision.AlreadySo
        : Decision.Accept(new RotaSet(OrganisationId, Turns));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<SetRota>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.OrganisationId).NotEmpty();
            RuleFor(c => c.Turns).NotNull().Must(t => t is null || t.Count <= 200).WithErrorCode("cover.too_many");
            RuleForEach(c => c.Turns).NotNull().SetValidator(new RotaTurn.Rules());
        }
    }
}
