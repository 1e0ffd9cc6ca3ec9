using FluentValidation;
using HomeCare.Visits;

namespace HomeCare.Watching;

/// <summary>What the person or a relative noticed between visits (家族の気づき): soft signs and their own words. It is no diagnosis and no measurement.</summary>
/// <param name="Written">As written; null before.</param>
/// <param name="InError">True once its writer has taken it back.</param>
public sealed record BedsideNote(BedsideNoteWritten? Written, bool InError) : IState<BedsideNote>
{
    /// <summary>The note's stream.</summary>
    public static string StreamOf(Guid id) => $"bedside-note-{id}";

    /// <inheritdoc/>
    public static BedsideNote Initial { get; } = new(null, false);

    /// <inheritdoc/>
    public static string StreamType => "bedside_note";

    /// <inheritdoc/>
    public BedsideNote Apply(object e) => e switch
    {
        BedsideNoteWritten written => this with { Written = written },
        BedsideNoteTakenBack => this with { InError = true },
        _ => this,
    };
}

/// <summary>Somebody at home told the team what they noticed.</summary>
/// <param name="NoteId">The note.</param>
/// <param name="PatientId">Of whom.</param>
/// <param name="NoticedAt">When it was noticed.</param>
/// <param name="SoftSigns">What was noticed.</param>
/// <param name="Words">In their own words; null: none.</param>
/// <param name="WriterId">Who wrote it.</param>
/// <param name="TeamOnly">Not shown to the person and relatives, its writer among them.</param>
public sealed record BedsideNoteWritten(
    Guid NoteId, Guid PatientId, DateTimeOffset NoticedAt, IReadOnlyList<SoftSign> SoftSigns, string? Words, Guid WriterId, bool TeamOnly = false) : IPatientEvent, ITeamOnly;

/// <summary>A note was a mistake; it stays readable, struck out.</summary>
/// <param name="NoteId">Which.</param>
/// <param name="PatientId">Of whom.</param>
/// <param name="Reason">Why.</param>
/// <param name="TeamOnly">As the note itself.</param>
public sealed record BedsideNoteTakenBack(Guid NoteId, Guid PatientId, string Reason, bool TeamOnly = false) : IPatientEvent, ITeamOnly;

/// <summary>Tell the team what was noticed at home.</summary>
/// <param name="NoteId">Chosen by the sender.</param>
/// <param name="PatientId">Of whom.</param>
/// <param name="NoticedAt">When; not in the future, at most 30 days ago.</param>
/// <param name="SoftSigns">Which soft signs; null or empty where words say it.</param>
/// <param name="Words">At most 1,000 characters; needed where no sign is chosen.</param>
/// <param name="TeamOnly">For the team's eyes alone: neither the person nor any relative reads it, as where somebody fears one of them.</param>
public sealed record WriteBedsideNote(Guid NoteId, Guid PatientId, DateTimeOffset NoticedAt, IReadOnlyList<SoftSign>? SoftSigns = null, string? Words = null, bool TeamOnly = false)
    : ICommand<BedsideNote>
{
    /// <summary>What was noticed longer ago belongs into a talk with the team.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(30);

    string ICommand<BedsideNote>.Stream => BedsideNote.StreamOf(NoteId);

    /// <inheritdoc/>
    public Guid? PatientOf(BedsideNote state) => state.Written?.PatientId ?? PatientId;

    /// <inheritdoc/>
    public Decision Decide(BedsideNote state, Situation situation)
    {
        if (situation.IsFuture(NoticedAt))
        {
            return Decision.Invalid("time.in_future", "noticedAt");
        }

        if (NoticedAt < situation.Now - Longest)
        {
            return Decision.Invalid("bedside_note.too_long_ago", "noticedAt");
        }

        var written = new BedsideNoteWritten(NoteId, PatientId, NoticedAt, [.. (SoftSigns ?? []).Distinct().Order()], string.IsNullOrWhiteSpace(Words) ? null : Words.Trim(), situation.By.PersonId, TeamOnly);
        return state.Written is null ? Decision.Accept(written) : Json.Same(state.Written, written) ? Decision.AlreadySo : Decision.Refuse("bedside_note.already_written");
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<WriteBedsideNote>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.NoteId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.NoticedAt).GreaterThan(VitalSigns.VitalsRules.Earliest).WithErrorCode("time.too_early");
            RuleForEach(c => c.SoftSigns).IsInEnum();
            RuleFor(c => c.SoftSigns).Must(s => s is null || s.Count <= 20).WithErrorCode("field.too_many");
            RuleFor(c => c.Words).MaximumLength(1000);
            RuleFor(c => c.Words).Must((c, words) => c.SoftSigns is { Count: > 0 } || !string.IsNullOrWhiteSpace(words)).WithErrorCode("bedside_note.nothing_noticed");
        }
    }
}

/// <summary>Take back a note that was a mistake, as its writer.</summary>
/// <param name="NoteId">Which.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
public sealed record TakeBackBedsideNote(Guid NoteId, string Reason) : ICommand<BedsideNote>
{
    string ICommand<BedsideNote>.Stream => BedsideNote.StreamOf(NoteId);

    /// <inheritdoc/>
    public Guid? PatientOf(BedsideNote state) => state.Written?.PatientId;

    /// <inheritdoc/>
    public Decision Decide(BedsideNote state, Situation situation) =>
        state.InError ? Decision.AlreadySo
        : state.Written!.WriterId != situation.By.PersonId ? Decision.Forbid("bedside_note.of_another")
        : Decision.Accept(new BedsideNoteTakenBack(NoteId, state.Written.PatientId, Reason, state.Written.TeamOnly));

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<TakeBackBedsideNote>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.NoteId).NotEmpty();
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}
