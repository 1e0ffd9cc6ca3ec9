using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HomeCare;

/// <summary>JSON as the outside reads it: camelCase, choices as words, Japanese unescaped.</summary>
public static class Json
{
    /// <summary>Options for everything that leaves or enters by HTTP, SignalR or a view's JSON column. A property that nobody
    /// knows is refused: a misspelt field must not be lost in silence.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Sets the product's way of writing JSON.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.AllowDuplicateProperties = false;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NullableMayBeLeftOut } };
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    /// <summary>What may be null may be left out; what may not must be there: a kind or a time is never guessed.</summary>
    private static void NullableMayBeLeftOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.AssociatedParameter is { IsNullable: true }))
        {
            property.IsRequired = false;
        }
    }

    /// <summary>Whether two values say the same.</summary>
    public static bool Same<T>(T left, T right) =>
        JsonSerializer.Serialize(left, Options) == JsonSerializer.Serialize(right, Options);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
