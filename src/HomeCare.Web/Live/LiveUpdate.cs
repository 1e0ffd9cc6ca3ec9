using HomeCare.Timeline;

namespace HomeCare.Web.Live;

/// <summary>What a live screen hears of one record.</summary>
public abstract record LiveUpdate
{
    private LiveUpdate() { }

    /// <summary>One more entry.</summary>
    public sealed record Entry(TimelineEntry Value) : LiveUpdate;

    /// <summary>Everything up to this place in the log was given.</summary>
    /// <param name="Sequence">The place.</param>
    /// <param name="At">When that was known to be so.</param>
    public sealed record CompleteTo(long Sequence, DateTimeOffset At) : LiveUpdate;

    /// <summary>Nothing more of this record will come.</summary>
    /// <param name="ReasonKey">Why, as a key to translate.</param>
    public sealed record Ended(string ReasonKey) : LiveUpdate;
}

/// <summary>Refused, for a reason that has a key.</summary>
public sealed class RefusedException(string key) : Exception(key)
{
    /// <summary>The key to translate.</summary>
    public string Key { get; } = key;
}
