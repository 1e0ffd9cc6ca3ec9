using FluentValidation;

namespace HomeCare.Communities;

/// <summary>A community (地域) begins: a region's network whose organisations share care.</summary>
/// <param name="Name">Its name, at most 100 characters.</param>
public sealed record FoundCommunity(string Name) : ICommand<Community>
{
    string ICommand<Community>.Stream => Community.Stream;

    /// <inheritdoc/>
    public Guid? PatientOf(Community state) => null;

    /// <inheritdoc/>
    public Decision Decide(Community state, Situation situation) =>
        state.Name is null ? Decision.Accept(new CommunityFounded(Name)) : Decision.AlreadySo;

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<FoundCommunity>
    {
        /// <summary/>
        public Rules() => RuleFor(c => c.Name).NotEmpty().MaximumLength(100);
    }
}

/// <summary>A community began.</summary>
public sealed record CommunityFounded(string Name);

/// <summary>A community.</summary>
/// <param name="Name">Its name; null before it was founded.</param>
/// <param name="News2Acts">What it does when a score asks for something.</param>
/// <param name="Escalation">How long each step of an instruction may take; null: the defaults.</param>
public sealed record Community(string? Name, News2Acts? News2Acts = null, EscalationRules? Escalation = null) : IState<Community>
{
    /// <summary>The community's own stream.</summary>
    public const string Stream = "community";

    /// <inheritdoc/>
    public static Community Initial { get; } = new((string?)null, null, null);

    /// <inheritdoc/>
    public static string StreamType => "community";

    /// <inheritdoc/>
    public Community Apply(object e) => e switch
    {
        CommunityFounded founded => this with { Name = founded.Name },
        News2ActsDefined defined => this with { News2Acts = defined.Acts },
        EscalationDefined defined => this with { Escalation = defined.Escalation },
        _ => this,
    };
}
