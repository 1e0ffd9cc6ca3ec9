using FluentValidation;

namespace HomeCare.CareTeams;

/// <summary>A person or an organisation joins a care team. Staff join through their organisation or by name; a relative by name.</summary>
/// <param name="PatientId">Whose team.</param>
/// <param name="PersonId">The person, or null.</param>
/// <param name="OrganisationId">The organisation, or null; one of the two.</param>
/// <param name="Role">What for, at most 50 characters: 主治医, 長女.</param>
/// <param name="Until">Until when; null: until they leave.</param>
public sealed record JoinCareTeam(Guid PatientId, Guid? PersonId = null, Guid? OrganisationId = null, string? Role = null, DateTimeOffset? Until = null)
    : ICommand<CareTeam>
{
    string ICommand<CareTeam>.Stream => CareTeam.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(CareTeam state) => PatientId;

    IEnumerable<Reference> ICommand<CareTeam>.References
    {
        get
        {
            if (PersonId is { } person)
            {
                yield return new Reference(ReferenceKind.Person, person);
            }

            if (OrganisationId is { } organisation)
            {
                yield return new Reference(ReferenceKind.Organisation, organisation);
            }
        }
    }

    /// <inheritdoc/>
    public Decision Decide(CareTeam state, Situation situation)
    {
        if (Until <= situation.Now)
        {
            return Decision.Invalid("time.ends_before_start", "until");
        }

        var known = PersonId is { } person ? situation.Known.People[person] : null;
        var name = known?.Name ?? situation.Known.Organisations[OrganisationId!.Value];
        var joined = new CareTeamJoined(PatientId, PersonId, OrganisationId, name, known?.Profession, Role, situation.Now, Until);
        var isMember = state.Members.TryGetValue(joined.MemberId, out var member);
        if (isMember && member!.Role == Role && member.Until == Until)
        {
            return Decision.AlreadySo;
        }

        return state.EndOf(situation.By, situation.Now) is { } end && (isMember || !(Until <= end))
            ? Decision.Forbid("care_team.for_a_time_only")
            : Decision.Accept(joined);
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<JoinCareTeam>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Role).MaximumLength(50);
            RuleFor(c => c.PersonId).Must((c, _) => c.PersonId is null != c.OrganisationId is null).WithErrorCode("care_team.person_or_organisation");
        }
    }
}
