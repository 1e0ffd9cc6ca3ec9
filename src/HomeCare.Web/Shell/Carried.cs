using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using HomeCare.EventStore;
using HomeCare.Timeline;

namespace HomeCare.Web.Shell;

/// <summary>What a page was drawn with on the server, carried to its live circuit so that nothing is read twice. Compressed, because
/// the browser sends all of it back when the circuit starts.</summary>
public static class Carried
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new EntryConverter() },
    };

    /// <summary>The value as bytes.</summary>
    public static byte[] Pack<T>(T value)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(brotli, value, Options);
        }

        return packed.ToArray();
    }

    /// <summary>The value again.</summary>
    public static T? Unpack<T>(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(brotli, Options);
    }

    /// <summary>An entry with the whole of its event, which the outside's way of writing leaves untyped.</summary>
    private sealed class EntryConverter : JsonConverter<TimelineEntry>
    {
        private static readonly EventTypes Types = CareEvents.Types();

        public override TimelineEntry? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var kept = JsonSerializer.Deserialize<Kept>(ref reader, options)!;
            var data = Types.TryGetType(kept.Kind.Replace('-', '_'), out var type)
                ? kept.Data.Deserialize(type, Types.Json)!
                : new UnknownEvent(kept.Kind, kept.Data);
            return new TimelineEntry(kept.Sequence, kept.Kind, kept.RecordedAt, kept.OccurredAt, kept.Author, data)
            {
                PatientId = kept.PatientId, SubjectId = kept.SubjectId, TeamOnly = kept.TeamOnly, State = kept.State, Groups = kept.Groups,
            };
        }

        public override void Write(Utf8JsonWriter writer, TimelineEntry value, JsonSerializerOptions options) => JsonSerializer.Serialize(
            writer,
            new Kept(value.Sequence, value.Kind, value.RecordedAt, value.OccurredAt, value.Author, value.PatientId, value.SubjectId, value.TeamOnly,
                value.State, value.Groups, JsonSerializer.SerializeToElement(value.Data, value.Data.GetType(), Types.Json)),
            options);

        private sealed record Kept(
            long Sequence, string Kind, DateTimeOffset RecordedAt, DateTimeOffset OccurredAt, Author Author, Guid PatientId, Guid? SubjectId, bool TeamOnly,
            EntryState State, EntryGroups Groups, JsonElement Data);
    }
}
