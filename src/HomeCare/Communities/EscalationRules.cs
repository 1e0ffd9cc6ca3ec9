using FluentValidation;
using HomeCare.Instructions;

namespace HomeCare.Communities;

/// <summary>How long each step of an instruction may take before the next person is asked, and when people are left to sleep.</summary>
/// <remarks>No standard gives these times; the defaults are the product's, and each community settles its own.</remarks>
/// <param name="Urgent">至急</param>
/// <param name="Today">本日中</param>
/// <param name="Routine">通常</param>
/// <param name="QuietFrom">Clock time in Japan from which only what is urgent wakes anybody.</param>
/// <param name="QuietUntil">Until when; the same as <paramref name="QuietFrom"/>: no quiet hours.</param>
public sealed record EscalationRules(StepLimits Urgent, StepLimits Today, StepLimits Routine, TimeOnly QuietFrom, TimeOnly QuietUntil)
{
    /// <summary>What holds until a community settles otherwise.</summary>
    public static EscalationRules Default { get; } = new(
        new StepLimits(10, 15, 60, 15, 24 * 60, 10), new StepLimits(60, 120, 8 * 60, 60, 48 * 60, 30), new StepLimits(12 * 60, 24 * 60, 72 * 60, 24 * 60, 7 * 24 * 60, 120),
        new TimeOnly(21, 0), new TimeOnly(7, 0));

    /// <summary>The limits of an urgency.</summary>
    public StepLimits Of(Urgency urgency) => urgency switch
    {
        Urgency.Urgent => Urgent,
        Urgency.Today => Today,
        _ => Routine,
    };

    /// <summary>Whether people are left to sleep at the instant.</summary>
    public bool IsQuiet(DateTimeOffset now)
    {
        var time = TimeOnly.FromDateTime(JapanTime.Of(now).DateTime);
        return QuietFrom != QuietUntil && time.IsBetween(QuietFrom, QuietUntil);
    }
}

/// <summary>Minutes that each step may take.</summary>
/// <param name="Read">From issue until somebody has read it.</param>
/// <param name="Take">From issue, or from the answer, until somebody has taken it.</param>
/// <param name="Do">From the taking until it is carried out, where the instruction names no time itself.</param>
/// <param name="Answer">From a question until its answer.</param>
/// <param name="Close">From the outcome until the issuer has seen and closed it.</param>
/// <param name="Again">From one person asked until the next is.</param>
public sealed record StepLimits(int Read, int Take, int Do, int Answer, int Close, int Again);

/// <summary>Settle how long each step may take.</summary>
public sealed record DefineEscalation(EscalationRules Escalation) : ICommand<Community>
{
    string ICommand<Community>.Stream => Community.Stream;

    /// <inheritdoc/>
    public Guid? PatientOf(Community state) => null;

    /// <inheritdoc/>
    public Decision Decide(Community state, Situation situation) =>
        (state.Escalation ?? EscalationRules.Default) == Escalation ? Decision.AlreadySo : Decision.Accept(new EscalationDefined(Escalation));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<DefineEscalation>
    {
        /// <summary>The longest of a step: 30 days, in minutes.</summary>
        public const int Longest = 30 * 24 * 60;

        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.Escalation).NotNull();
            RuleFor(c => c.Escalation.Urgent).SetValidator(new LimitRules()).When(c => c.Escalation?.Urgent is not null);
            RuleFor(c => c.Escalation.Today).SetValidator(new LimitRules()).When(c => c.Escalation?.Today is not null);
            RuleFor(c => c.Escalation.Routine).SetValidator(new LimitRules()).When(c => c.Escalation?.Routine is not null);
        }

        private sealed class LimitRules : AbstractValidator<StepLimits>
        {
            public LimitRules()
            {
                RuleFor(l => l.Read).InclusiveBetween(1, Longest).WithErrorCode("escalation.minutes");
                RuleFor(l => l.Take).InclusiveBetween(1, Longest).WithErrorCode("escalation.minutes");
                RuleFor(l => l.Do).InclusiveBetween(1, Longest).WithErrorCode("escalation.minutes");
                RuleFor(l => l.Answer).InclusiveBetween(1, Longest).WithErrorCode("escalation.minutes");
                RuleFor(l => l.Close).InclusiveBetween(1, Longest).WithErrorCode("escalation.minutes");
                RuleFor(l => l.Again).InclusiveBetween(1, Longest).WithErrorCode("escalation.minutes");
            }
        }
    }
}

/// <summary>The community settled how long each step may take.</summary>
public sealed record EscalationDefined(EscalationRules Escalation);
