using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HomeCare.EventStore;

/// <summary>
/// The explicit names under which events are stored, and how their bodies are written as JSON. A class may be renamed
/// or moved; its alias may not.
/// </summary>
public sealed class EventTypes
{
    private readonly Dictionary<string, Type> types = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> aliases = [];
    private readonly Dictionary<Type, string> dotnetTypes = [];

    /// <summary>Maps an event class to the name it is stored under.</summary>
    /// <param name="alias">snake_case, as Marten writes it: <c>visit_recorded</c>.</param>
    /// <exception cref="ArgumentException">the alias is not snake_case, or alias or class is already mapped</exception>
    public EventTypes Map<T>(string alias) where T : notnull
    {
        if (!IsSnakeCase(alias))
            throw new ArgumentException($"The event name '{alias}' is not snake_case.", nameof(alias));
        if (types.TryGetValue(alias, out var taken))
            throw new ArgumentException($"The event name '{alias}' already belongs to {taken}.", nameof(alias));
        if (aliases.TryGetValue(typeof(T), out var given))
            throw new ArgumentException($"{typeof(T)} is already stored as '{given}'.", nameof(alias));
        types.Add(alias, typeof(T));
        aliases.Add(typeof(T), alias);
        dotnetTypes.Add(typeof(T), $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}");
        return this;
    }

    /// <exception cref="ArgumentException">the class has not been mapped</exception>
    public string AliasOf(Type type) =>
        aliases.TryGetValue(type, out var alias)
            ? alias
            : throw new ArgumentException($"{type} is not mapped to an event name.", nameof(type));

    public bool TryGetType(string alias, [MaybeNullWhen(false)] out Type type) => types.TryGetValue(alias, out type);

    public IReadOnlyDictionary<string, Type> All => types;

    /// <summary>Marten's <c>mt_dotnet_type</c>: <c>Namespace.Type, Assembly</c>.</summary>
    internal string DotnetTypeOf(Type type) => dotnetTypes[type];

    /// <summary>
    /// PascalCase as Marten's default writes it, enums as their names, Japanese unescaped, nulls left out. Metadata may
    /// come out of order, because <c>jsonb</c> keeps its own order of keys.
    /// </summary>
    public JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = null,
        PropertyNameCaseInsensitive = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private static bool IsSnakeCase(string alias) =>
        alias is { Length: > 0 and <= 500 }
        && char.IsAsciiLetterLower(alias[0])
        && alias.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}

/// <summary>An event whose name this version of the program does not know: kept whole, and reported.</summary>
public sealed record UnknownEvent(string Alias, JsonElement Body);
