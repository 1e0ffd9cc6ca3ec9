using FluentValidation;

namespace HomeCare.CareTeams;

/// <summary>A person or an organisation leaves a care team: from this moment they see nothing of the record, open screens included.</summary>
/// <param name="PatientId">Whose team.</param>
/// <param name="MemberId">The person or organisation.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record LeaveCareTeam(Guid PatientId, Guid MemberId, string? Reason = null) : ICommand<CareTeam>
{
    string ICommand<CareTeam>.Stream => CareTeam.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(CareTeam state) => state.PatientId;

    /// <inheritdoc/>
    public Decision Decide(CareTeam state, Situation situation) =>
        !state.Members.TryGetValue(MemberId, out var member) ? Decision.AlreadySo
        : state.EndOf(situation.By, situation.Now) is not null && MemberId != situation.By.PersonId && MemberId != situation.By.OrganisationId
            ? Decision.Forbid("care_team.for_a_time_only")
        : Decision.Accept(new CareTeamLeft(PatientId, MemberId, member.Name, Reason));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<LeaveCareTeam>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.MemberId).NotEmpty();
            RuleFor(c => c.Reason).MaximumLength(500);
        }
    }
}
