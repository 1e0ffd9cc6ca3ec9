using FluentValidation;

namespace HomeCare.Organisations;

/// <summary>The kinds of organisation in a care team.</summary>
public enum OrganisationKind
{
    /// <summary>診療所</summary>
    Clinic,
    /// <summary>病院</summary>
    Hospital,
    /// <summary>訪問看護ステーション</summary>
    NursingStation,
    /// <summary>薬局</summary>
    Pharmacy,
    /// <summary>居宅介護支援事業所</summary>
    CareManagementOffice,
    /// <summary>訪問介護事業所</summary>
    HomeHelpOffice,
    /// <summary>その他</summary>
    Other,
}

/// <summary>An organisation joins the community.</summary>
/// <param name="OrganisationId">Chosen by the sender.</param>
/// <param name="Name">Name, at most 100 characters.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Telephone">Telephone as dialled, at most 30 characters.</param>
/// <param name="Source">Where it came from, if from another system.</param>
public sealed record RegisterOrganisation(Guid OrganisationId, string Name, OrganisationKind Kind, string? Telephone = null, SourceIdentifier? Source = null)
    : ICommand<Organisation>
{
    string ICommand<Organisation>.Stream => Organisation.StreamOf(OrganisationId);

    /// <inheritdoc/>
    public Guid? PatientOf(Organisation state) => null;

    /// <inheritdoc/>
    public Decision Decide(Organisation state, Situation situation)
    {
        var registered = new OrganisationRegistered(OrganisationId, Name, Kind, Telephone, Source);
        return state.Registered switch
        {
            null => Decision.Accept(registered),
            var same when same == registered => Decision.AlreadySo,
            { Source: { } source } when source == Source => Decision.Accept(registered),
            _ => Decision.Refuse("organisation.already_registered"),
        };
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RegisterOrganisation>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.OrganisationId).NotEmpty();
            RuleFor(c => c.Name).NotEmpty().MaximumLength(100);
            RuleFor(c => c.Source!).SetValidator(new SourceIdentifier.Rules()).When(c => c.Source is not null);
            RuleFor(c => c.Kind).IsInEnum();
            RuleFor(c => c.Telephone).MaximumLength(30);
        }
    }
}

/// <summary>An organisation joined the community.</summary>
public sealed record OrganisationRegistered(Guid OrganisationId, string Name, OrganisationKind Kind, string? Telephone, SourceIdentifier? Source);

/// <summary>An organisation.</summary>
public sealed record Organisation(OrganisationRegistered? Registered) : IState<Organisation>
{
    /// <summary>The organisation's stream.</summary>
    public static string StreamOf(Guid id) => $"organisation-{id}";

    /// <inheritdoc/>
    public static Organisation Initial { get; } = new((OrganisationRegistered?)null);

    /// <inheritdoc/>
    public static string StreamType => "organisation";

    /// <inheritdoc/>
    public Organisation Apply(object e) => e is OrganisationRegistered registered ? new(registered) : this;
}
