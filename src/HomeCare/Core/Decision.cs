using HomeCare.EventStore;

namespace HomeCare;

/// <summary>What a command comes to, given what has happened so far.</summary>
public abstract record Decision
{
    private Decision() { }

    /// <summary>These events happen on the command's stream, and <paramref name="Also"/> on others, all or none.</summary>
    public sealed record Accepted(IReadOnlyList<object> Events, IReadOnlyList<StreamAppend> Also) : Decision
    {
        /// <summary>Adds events on another stream, in the same transaction.</summary>
        public Accepted And(string stream, string streamType, ExpectedVersion expected, params object[] events) =>
            this with { Also = [.. Also, new StreamAppend(stream, streamType, expected, events)] };

        /// <summary>Only if there is no such stream. Readings and timeline entries are found again by the identifier of the visit or measurement they
        /// belong to, so one identifier is never both.</summary>
        public Accepted Unless(string stream, string streamType) => And(stream, streamType, ExpectedVersion.New);
    }

    /// <summary>It is so already; nothing is written but the command's identity.</summary>
    public sealed record Nothing : Decision;

    /// <summary>It may not be.</summary>
    /// <param name="Kind">Why, in kind.</param>
    /// <param name="Key">A key such as <c>visit.already_recorded</c>, translated where a person reads it.</param>
    /// <param name="Field">The field of the command it is about, if one.</param>
    public sealed record Refused(RefusalKind Kind, string Key, string? Field = null) : Decision
    {
        /// <summary>By name, where somebody else stands in the way and may be told of.</summary>
        public string? Who { get; init; }
    }

    /// <inheritdoc cref="Accepted"/>
    public static Accepted Accept(params object[] events) => new(events, []);

    /// <inheritdoc cref="Nothing"/>
    public static Decision AlreadySo { get; } = new Nothing();

    /// <summary>Refuses because of how things stand now.</summary>
    public static Decision Refuse(string key) => new Refused(RefusalKind.Conflict, key);

    /// <summary>Refuses because what was written cannot be.</summary>
    public static Decision Invalid(string key, string? field = null) => new Refused(RefusalKind.Invalid, key, field);

    /// <summary>Refuses because this person may not.</summary>
    public static Decision Forbid(string key) => new Refused(RefusalKind.Forbidden, key);

    /// <summary>Refuses because there is no such thing (or none that this person may know of).</summary>
    public static Decision Missing(string key) => new Refused(RefusalKind.NotFound, key);
}

/// <summary>The kinds of refusal, as the outside tells them apart.</summary>
public enum RefusalKind
{
    /// <summary>What was written cannot be (422).</summary>
    Invalid,
    /// <summary>This person may not do this (403).</summary>
    Forbidden,
    /// <summary>No such thing, or none this person may know of (404).</summary>
    NotFound,
    /// <summary>It does not fit how things stand now (409).</summary>
    Conflict,
    /// <summary>Too much at once; the same command may be sent again (429).</summary>
    Busy,
}
