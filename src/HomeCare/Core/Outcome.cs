using HomeCare.EventStore;

namespace HomeCare;

/// <summary>What became of a command.</summary>
public abstract record Outcome
{
    private Outcome() { }

    /// <summary>Done, now or when it was first sent.</summary>
    /// <param name="Receipt">Sequence, version and time of its last event.</param>
    /// <param name="Repeated">It had been done before.</param>
    public sealed record Done(Receipt Receipt, bool Repeated) : Outcome;

    /// <summary>What was written cannot be; nothing was stored.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : Outcome;

    /// <summary>Refused; nothing was stored.</summary>
    public sealed record Refused(RefusalKind Kind, string Key) : Outcome
    {
        /// <summary>Who stands in the way, by name, where that is told.</summary>
        public string? Who { get; init; }
    }
}

/// <summary>One thing wrong with one field.</summary>
/// <param name="Field">Path as the JSON body has it: <c>vitals.temperature</c>.</param>
/// <param name="Key">What is wrong, as a key to translate: <c>vitals.out_of_range</c>.</param>
/// <param name="Arguments">Values the sentence needs, such as the limits.</param>
public sealed record FieldError(string Field, string Key, IReadOnlyList<object> Arguments);
