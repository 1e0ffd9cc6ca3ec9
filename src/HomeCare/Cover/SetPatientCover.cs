using FluentValidation;

namespace HomeCare.Cover;

/// <summary>Set who is asked, in which order, when nobody answers for one person cared for.</summary>
/// <param name="PatientId">For whom.</param>
/// <param name="Steps">In order, at most 10; none: the organisations of the care team, by their rotas.</param>
public sealed record SetPatientCover(Guid PatientId, IReadOnlyList<CoverStep> Steps) : ICommand<PatientCover>
{
    string ICommand<PatientCover>.Stream => PatientCover.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(PatientCover state) => PatientId;

    IEnumerable<Reference> ICommand<PatientCover>.References =>
    [
        .. Steps.Where(s => s.PersonId is not null).Select(s => new Reference(ReferenceKind.TeamMember, s.PersonId!.Value)).Distinct(),
        .. Steps.Where(s => s.OrganisationId is not null).Select(s => new Reference(ReferenceKind.Organisation, s.OrganisationId!.Value)).Distinct(),
    ];

    /// <inheritdoc/>
    public Decision Decide(PatientCover state, Situation situation) =>
        state.IsSet && state.Steps.SequenceEqual(Steps) ? Decision.AlreadySo : Decision.Accept(new PatientCoverSet(PatientId, Steps));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<SetPatientCover>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Steps).NotNull().Must(s => s is null || s.Count <= 10).WithErrorCode("cover.too_many");
            RuleForEach(c => c.Steps).NotNull().Must(s => s is null || s.PersonId is null != s.OrganisationId is null).WithErrorCode("cover.person_or_organisation");
        }
    }
}
