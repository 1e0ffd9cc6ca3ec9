using System.Text;
using System.Text.Json;

namespace HomeCare.EventStore;

/// <summary>
/// A flat view, written inside the append's transaction and made again from the log when it is rebuilt. Projecting is pure:
/// no clock, no reading, only statements that follow from the event. A view's statements touch its own tables alone, and run in
/// the order of the log; between two views there is no order to rely on.
/// </summary>
public interface IView
{
    string Name { get; }

    /// <summary>A change drops, re-creates and rebuilds the view at the next migration.</summary>
    int Revision { get; }

    /// <summary>
    /// <c>create table …; create index …;</c> with plain names. Every table has <c>tenant_id text not null</c>. Tables and
    /// their indexes only: a rebuild makes them beside the live ones and then swaps.
    /// </summary>
    string Ddl { get; }

    IReadOnlyList<string> Tables { get; }

    void Project(StoredEvent e, ViewBatch batch);
}

/// <summary>The statements that an event gives to a view.</summary>
public sealed class ViewBatch
{
    private readonly List<ViewStatement> statements = [];

    internal IReadOnlyList<ViewStatement> Statements => statements;

    /// <summary>One statement with positional parameters, <c>$1</c> and so on.</summary>
    /// <param name="sql">
    /// A constant text (each distinct text is prepared once and kept). PostgreSQL infers the parameters' types from it, so
    /// plain nulls work, and a string goes into a <c>jsonb</c> column or <c>$n::jsonb</c> as JSON.
    /// </param>
    /// <param name="parameters">
    /// text, numbers, bool, Guid, DateOnly, TimeOnly, DateTimeOffset (sent as UTC), enums (sent as their names), byte[],
    /// JsonElement, arrays of these; null
    /// </param>
    /// <exception cref="InvalidEventBody">a text holds U+0000</exception>
    public void Add(string sql, params ReadOnlySpan<object?> parameters)
    {
        var values = new object?[parameters.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Storable(parameters[i]);
        statements.Add(new(sql, values));
    }

    internal void AddRange(ViewBatch other) => statements.AddRange(other.statements);

    internal void Clear() => statements.Clear();

    private static object? Storable(object? value) => value switch
    {
        null or DBNull or NullOf => null,
        string text => StorableText.Of(text),
        string[] texts => Array.ConvertAll(texts, StorableText.Of),
        DateTimeOffset moment => moment.ToUniversalTime(),
        DateTimeOffset[] moments => Array.ConvertAll(moments, m => m.ToUniversalTime()),
        Enum name => name.ToString(),
        JsonElement json => json.GetRawText(),
        _ => value,
    };
}

/// <summary>Null with a type, for those who like to say it; a plain null does the same.</summary>
public static class Db
{
    public static object Null<T>() => NullOf.Any;
}

internal sealed class NullOf
{
    public static readonly NullOf Any = new();
}

internal readonly record struct ViewStatement(string Sql, object?[] Values);

/// <summary>Text as PostgreSQL can hold it.</summary>
internal static class StorableText
{
    /// <summary>
    /// Half a surrogate pair becomes U+FFFD, exactly as in the JSON body, so that a view written live and one rebuilt from
    /// the body are the same.
    /// </summary>
    public static string Of(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new InvalidEventBody("A text holds the character U+0000, which PostgreSQL cannot store.");
        return text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))
            : text;
    }

    public static void Check(string? text, string what)
    {
        if (text is null)
            return;
        if (text.Contains('\0', StringComparison.Ordinal) || !ReferenceEquals(Of(text), text) && !string.Equals(Of(text), text, StringComparison.Ordinal))
            throw new InvalidEventBody($"The {what} holds characters that PostgreSQL cannot store.");
    }
}
