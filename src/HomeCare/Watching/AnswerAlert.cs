using System.Collections.Immutable;
using System.Text.Json.Serialization;
using FluentValidation;

namespace HomeCare.Watching;

/// <summary>What people did about the items of one person. The items themselves are worked out where they are read: see <see cref="AlertItems"/>.</summary>
/// <param name="Judged">Who has judged which item, and how.</param>
public sealed record Watch(ImmutableDictionary<(Guid Item, Guid Judge), bool> Judged) : IState<Watch>
{
    /// <summary>The person's stream.</summary>
    public static string StreamOf(Guid patientId) => $"watch-{patientId}";

    /// <inheritdoc/>
    public static Watch Initial { get; } = new(ImmutableDictionary<(Guid, Guid), bool>.Empty);

    /// <inheritdoc/>
    public static string StreamType => "watch";

    /// <inheritdoc/>
    public Watch Apply(object e) => e is AlertJudged j ? this with { Judged = Judged.SetItem((j.ItemId, j.JudgeId), j.Useful) } : this;
}

/// <summary>What somebody did about an item. It is the team's work: never shown to the person and relatives.</summary>
public interface IAlertAct : IPatientEvent, ITeamOnly
{
    /// <summary>Under which cause.</summary>
    AlertCause Cause { get; }
}

/// <summary>Take up what is pointed out, with what one will do and by when.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Cause">The item's cause.</param>
/// <param name="Covers">The keys of the alerts that stand there: what comes to stand beside them later asks again. 1–50, at most 100 characters each.</param>
/// <param name="Intention">What one will do, at most 500 characters.</param>
/// <param name="DueAt">By when; not past, at most 14 days ahead. An item that asks for a look now is held back at most <see cref="AlertItems.LongestNow"/>.</param>
public sealed record AcknowledgeAlert(Guid PatientId, AlertCause Cause, IReadOnlyList<string> Covers, string Intention, DateTimeOffset DueAt) : ICommand<Watch>
{
    /// <summary>The most keys of one item.</summary>
    internal const int MostKeys = 50;

    /// <summary>The longest an intention may lie ahead.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(14);

    string ICommand<Watch>.Stream => Watch.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Watch state) => PatientId;

    /// <inheritdoc/>
    public Decision Decide(Watch state, Situation situation) =>
        DueAt <= situation.Now ? Decision.Invalid("alert.due_passed", "dueAt")
        : DueAt > situation.Now + Longest ? Decision.Invalid("alert.due_too_far", "dueAt")
        : Decision.Accept(new AlertAcknowledged(PatientId, Cause, Covers, Intention.Trim(), DueAt));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<AcknowledgeAlert>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Cause).IsInEnum();
            RuleFor(c => c.Covers).NotEmpty();
            RuleFor(c => c.Covers).Must(c => c.Count <= MostKeys).WithErrorCode("field.too_many").When(c => c.Covers is not null);
            RuleForEach(c => c.Covers).NotEmpty().MaximumLength(100);
            RuleFor(c => c.Intention).NotEmpty().MaximumLength(500);
        }
    }
}

/// <summary>Set aside for now what is pointed out.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Cause">The item's cause.</param>
/// <param name="Covers">As in <see cref="AcknowledgeAlert"/>.</param>
/// <param name="Until">Until when; not past, at most 7 days ahead. An item that asks for a look now is held back at most <see cref="AlertItems.LongestNow"/>.</param>
public sealed record SnoozeAlert(Guid PatientId, AlertCause Cause, IReadOnlyList<string> Covers, DateTimeOffset Until) : ICommand<Watch>
{
    /// <summary>The longest it may be set aside.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(7);

    string ICommand<Watch>.Stream => Watch.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Watch state) => PatientId;

    /// <inheritdoc/>
    public Decision Decide(Watch state, Situation situation) =>
        Until <= situation.Now ? Decision.Invalid("alert.due_passed", "until")
        : Until > situation.Now + Longest ? Decision.Invalid("alert.snooze_too_long", "until")
        : Decision.Accept(new AlertSnoozed(PatientId, Cause, Covers, Until));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<SnoozeAlert>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Cause).IsInEnum();
            RuleFor(c => c.Covers).NotEmpty();
            RuleFor(c => c.Covers).Must(c => c.Count <= AcknowledgeAlert.MostKeys).WithErrorCode("field.too_many").When(c => c.Covers is not null);
            RuleForEach(c => c.Covers).NotEmpty().MaximumLength(100);
        }
    }
}

/// <summary>Say afterwards whether an item was of use. Each person once.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Cause">The item's cause.</param>
/// <param name="ItemId">Which item.</param>
/// <param name="Useful">Whether it was.</param>
/// <param name="Comment">In words, at most 500 characters.</param>
public sealed record JudgeAlert(Guid PatientId, AlertCause Cause, Guid ItemId, bool Useful, string? Comment = null) : ICommand<Watch>
{
    string ICommand<Watch>.Stream => Watch.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(Watch state) => PatientId;

    /// <inheritdoc/>
    public Decision Decide(Watch state, Situation situation) =>
        !state.Judged.TryGetValue((ItemId, situation.By.PersonId), out var useful)
            ? Decision.Accept(new AlertJudged(PatientId, Cause, ItemId, Useful, string.IsNullOrWhiteSpace(Comment) ? null : Comment.Trim(), situation.By.PersonId))
        : useful == Useful ? Decision.AlreadySo
        : Decision.Refuse("alert.judged_already");

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<JudgeAlert>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Cause).IsInEnum();
            RuleFor(c => c.ItemId).NotEmpty();
            RuleFor(c => c.Comment).MaximumLength(500);
        }
    }
}

/// <summary>Somebody took up what is pointed out.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Cause">Under which cause.</param>
/// <param name="Covers">The keys of the alerts that stood there.</param>
/// <param name="Intention">What they will do.</param>
/// <param name="DueAt">By when.</param>
public sealed record AlertAcknowledged(Guid PatientId, AlertCause Cause, IReadOnlyList<string> Covers, string Intention, DateTimeOffset DueAt) : IAlertAct
{
    /// <inheritdoc/>
    [JsonIgnore]
    public bool TeamOnly => true;
}

/// <summary>Somebody set aside for now what is pointed out.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Cause">Under which cause.</param>
/// <param name="Covers">The keys of the alerts that stood there.</param>
/// <param name="Until">Until when.</param>
public sealed record AlertSnoozed(Guid PatientId, AlertCause Cause, IReadOnlyList<string> Covers, DateTimeOffset Until) : IAlertAct
{
    /// <inheritdoc/>
    [JsonIgnore]
    public bool TeamOnly => true;
}

/// <summary>Somebody said whether an item was of use.</summary>
/// <param name="PatientId">Whose.</param>
/// <param name="Cause">Under which cause.</param>
/// <param name="ItemId">Which item.</param>
/// <param name="Useful">Whether it was.</param>
/// <param name="Comment">In words.</param>
/// <param name="JudgeId">Who judged.</param>
public sealed record AlertJudged(Guid PatientId, AlertCause Cause, Guid ItemId, bool Useful, string? Comment, Guid JudgeId) : IAlertAct
{
    /// <inheritdoc/>
    [JsonIgnore]
    public bool TeamOnly => true;
}
