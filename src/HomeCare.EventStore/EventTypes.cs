using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
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
    private readonly Dictionary<string, (string Alias, Func<JsonObject, JsonObject>? Change)> former = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(Func<JsonObject, bool> IsOld, Func<JsonObject, JsonObject> Change)>> shapes = new(StringComparer.Ordinal);

    /// <summary>Maps an event class to the name it is stored under.</summary>
    /// <param name="alias">snake_case, as Marten writes it: <c>visit_recorded</c>.</param>
    /// <exception cref="ArgumentException">the alias is not snake_case, or alias or class is already mapped</exception>
    public EventTypes Map<T>(string alias) where T : notnull
    {
        if (!IsSnakeCase(alias))
            throw new ArgumentException($"The event name '{alias}' is not snake_case.", nameof(alias));
        if (alias == Archived.Alias)
            throw new ArgumentException($"The event name '{alias}' is the store's own.", nameof(alias));
        if (former.ContainsKey(alias))
            throw new ArgumentException($"The event name '{alias}' is a former one.", nameof(alias));
        if (types.TryGetValue(alias, out var taken))
            throw new ArgumentException($"The event name '{alias}' already belongs to {taken}.", nameof(alias));
        if (aliases.TryGetValue(typeof(T), out var given))
            throw new ArgumentException($"{typeof(T)} is already stored as '{given}'.", nameof(alias));
        types.Add(alias, typeof(T));
        aliases.Add(typeof(T), alias);
        dotnetTypes.Add(typeof(T), $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}");
        return this;
    }

    /// <summary>
    /// Reads events that are stored under a former name as those of another, which may itself be a former one: upcasters chain. What is
    /// stored stays as it is.
    /// </summary>
    /// <param name="formerAlias">the name that is no longer written</param>
    /// <param name="alias">what its events are read as</param>
    /// <param name="change">makes the other's body of its body; null: the body stays as it is</param>
    /// <exception cref="ArgumentException">the former name still belongs to a class or an upcaster, or the names would go in a circle</exception>
    public EventTypes Upcast(string formerAlias, string alias, Func<JsonObject, JsonObject>? change = null)
    {
        if (!IsSnakeCase(formerAlias))
            throw new ArgumentException($"The event name '{formerAlias}' is not snake_case.", nameof(formerAlias));
        if (types.ContainsKey(formerAlias) || former.ContainsKey(formerAlias))
            throw new ArgumentException($"The event name '{formerAlias}' is still in use.", nameof(formerAlias));
        for (var next = alias; next is not null; next = former.TryGetValue(next, out var step) ? step.Alias : null)
        {
            if (next == formerAlias)
                throw new ArgumentException($"'{formerAlias}' would be read as itself.", nameof(alias));
        }

        former.Add(formerAlias, (alias, change));
        return this;
    }

    /// <summary>Reads the bodies of an event that have an old shape in the new one. Several for one name run in the order they were given.</summary>
    /// <param name="isOld">tells an old body from a new one</param>
    /// <param name="change">makes the new body of the old one</param>
    public EventTypes Upcast(string alias, Func<JsonObject, bool> isOld, Func<JsonObject, JsonObject> change)
    {
        if (!shapes.TryGetValue(alias, out var known))
            shapes.Add(alias, known = []);
        known.Add((isOld, change));
        return this;
    }

    /// <exception cref="ArgumentException">the class has not been mapped</exception>
    public string AliasOf(Type type) =>
        aliases.TryGetValue(type, out var alias) ? alias
            : type == typeof(Archived) ? Archived.Alias
            : throw new ArgumentException($"{type} is not mapped to an event name.", nameof(type));

    public bool TryGetType(string alias, [MaybeNullWhen(false)] out Type type)
    {
        type = alias == Archived.Alias ? typeof(Archived) : types.GetValueOrDefault(alias);
        return type is not null;
    }

    public IReadOnlyDictionary<string, Type> All => types;

    /// <summary>What a stored name and body are read as today.</summary>
    internal (string Alias, byte[] Body) Upcast(string alias, byte[] body)
    {
        if (!former.ContainsKey(alias) && !shapes.ContainsKey(alias))
            return (alias, body);
        var json = JsonNode.Parse(body)?.AsObject() ?? throw new JsonException("The body is null.");
        while (true)
        {
            foreach (var (isOld, change) in shapes.GetValueOrDefault(alias) ?? [])
            {
                if (isOld(json))
                    json = change(json);
            }

            if (!former.TryGetValue(alias, out var step))
                return (alias, Encoding.UTF8.GetBytes(json.ToJsonString(Json)));
            alias = step.Alias;
            json = step.Change?.Invoke(json) ?? json;
        }
    }

    /// <summary>Marten's <c>mt_dotnet_type</c>: <c>Namespace.Type, Assembly</c>.</summary>
    internal string DotnetTypeOf(Type type) => type == typeof(Archived) ? Archived.DotnetType : dotnetTypes[type];

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

/// <summary>The last event of a stream that was archived, under Marten's own name.</summary>
/// <param name="Reason">why, in the words of who archived it</param>
public sealed record Archived(string Reason)
{
    internal const string Alias = "archived";

    internal const string DotnetType = "JasperFx.Events.Archived, JasperFx.Events";
}

/// <summary>An event whose name this version of the program does not know: kept whole, and reported.</summary>
public sealed record UnknownEvent(string Alias, JsonElement Body);
