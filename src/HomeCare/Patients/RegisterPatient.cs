using FluentValidation;
using HomeCare.CareTeams;
using HomeCare.EventStore;

namespace HomeCare.Patients;

/// <summary>Register a person to be cared for. The organisation of the one who registers begins the care team, so that somebody
/// may see the record; an administrator and an import begin an empty one.</summary>
/// <param name="PatientId">Chosen by the sender.</param>
/// <param name="Details">Identity and address.</param>
/// <param name="Source">Where it came from, if from another system.</param>
public sealed record RegisterPatient(Guid PatientId, PatientDetails Details, SourceIdentifier? Source = null) : ICommand<Patient>
{
    string ICommand<Patient>.Stream => Patient.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Patient state) => null;

    /// <inheritdoc/>
    public Decision Decide(Patient state, Situation situation)
    {
        if (Details.BirthDate > JapanTime.DayOf(situation.Now))
        {
            return Decision.Invalid("time.in_future", "details.birthDate");
        }

        if (state.Details is not null)
        {
            return state switch
            {
                _ when Json.Same(state.Details, Details) && state.Source == Source => Decision.AlreadySo,
                // Registering needs no relation to the person, so only the source itself corrects by it; staff correct details as members of the team.
                { Source: { } source } when source == Source && situation.By.Profession == Profession.Import =>
                    SamePerson(state.Details) ? Decision.Accept(new PatientDetailsCorrected(PatientId, Details)) : Decision.Refuse("patient.other_person_same_source"),
                _ => Decision.Refuse("patient.already_registered"),
            };
        }

        var accepted = Decision.Accept(new PatientRegistered(PatientId, Details, Source));
        return situation.By is { OrganisationId: { } organisation, OrganisationName: { } name, Profession: not (Profession.Administrator or Profession.Import) }
            ? accepted.And(CareTeam.StreamOf(PatientId), CareTeam.StreamType, ExpectedVersion.New,
                new CareTeamJoined(PatientId, null, organisation, name, null, null, situation.Now, null))
            : accepted;
    }

    /// <summary>Whether a record under the same source identifier is about the same human being: birth date and sex agree, or one is unknown.</summary>
    private bool SamePerson(PatientDetails known) =>
        (known.BirthDate is null || Details.BirthDate is null || known.BirthDate == Details.BirthDate)
        && (known.Sex == Details.Sex || known.Sex == Sex.Unknown || Details.Sex == Sex.Unknown);

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RegisterPatient>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Details).NotNull().SetValidator(new PatientDetailsRules());
            RuleFor(c => c.Source!).SetValidator(new SourceIdentifier.Rules()).When(c => c.Source is not null);
        }
    }
}

/// <summary>What must hold of identity and address.</summary>
public sealed class PatientDetailsRules : AbstractValidator<PatientDetails>
{
    /// <summary/>
    public PatientDetailsRules()
    {
        RuleFor(d => d.Family).NotEmpty().MaximumLength(50);
        RuleFor(d => d.Given).NotNull().MaximumLength(50);
        RuleFor(d => d.FamilyKana).MaximumLength(50).Must(BeKana).WithErrorCode("patient.kana_only");
        RuleFor(d => d.GivenKana).MaximumLength(50).Must(BeKana).WithErrorCode("patient.kana_only");
        RuleFor(d => d.BirthDate).GreaterThan(new DateOnly(1880, 1, 1)).WithErrorCode("time.too_early");
        RuleFor(d => d.Sex).IsInEnum();
        RuleFor(d => d.PostalCode).Matches(@"^\d{3}-?\d{4}$").WithErrorCode("patient.postal_code").When(d => d.PostalCode is not null);
        RuleFor(d => d.Address).MaximumLength(300);
        RuleFor(d => d.Telephones).Must(t => t is null || t.Count <= 5).WithErrorCode("field.too_many");
        RuleForEach(d => d.Telephones).NotEmpty().MaximumLength(30);
        RuleFor(d => d.Identifiers).Must(i => i is null || i.Count <= 20).WithErrorCode("field.too_many");
        RuleForEach(d => d.Identifiers).NotNull().SetValidator(new SourceIdentifier.Rules());
    }

    private static bool BeKana(string? text) =>
        text is null || text.All(c => c is (>= '\u3041' and <= '\u30ff') or (>= '\uff66' and <= '\uff9f') or ' ' or '\u3000' or '・' or 'ー' or '-' or '.'
            or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'));
}
