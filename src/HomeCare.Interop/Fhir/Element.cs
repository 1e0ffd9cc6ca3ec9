using System.Globalization;
using System.Text.Json;

namespace HomeCare.Interop;

/// <summary>A part of a resource that remembers what was read of it, so that what was not can be told.</summary>
/// <remarks>A part of another kind than expected (a text where a list should be) reads as absent, and so is told as not kept.</remarks>
internal readonly struct Element(JsonElement value, string path, HashSet<string> read)
{
    /// <summary>A resource, of which nothing was read yet.</summary>
    public static Element Of(JsonElement resource) => new(resource, "", new HashSet<string>(StringComparer.Ordinal));

    public JsonElement Json => value;

    public bool Exists => value.ValueKind != JsonValueKind.Undefined;

    /// <summary>The part of this name: an object.</summary>
    public Element Get(string name) => Child(name, JsonValueKind.Object);

    /// <summary>The parts of this name: a list, or a single object written where a list may be.</summary>
    public IEnumerable<Element> Each(string name)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out var found))
        {
            yield break;
        }

        if (found.ValueKind == JsonValueKind.Object)
        {
            read.Add(PathOf(name));
            yield return new Element(found, PathOf(name), read);
        }
        else if (found.ValueKind == JsonValueKind.Array)
        {
            read.Add(PathOf(name));
            var index = 0;
            foreach (var item in found.EnumerateArray())
            {
                var itemPath = $"{PathOf(name)}[{index++.ToString(CultureInfo.InvariantCulture)}]";
                if (item.ValueKind == JsonValueKind.Object)
                {
                    read.Add(itemPath);
                    yield return new Element(item, itemPath, read);
                }
            }
        }
    }

    /// <summary>A text, trimmed; null when absent or empty.</summary>
    public string? Text(string name) =>
        Child(name, JsonValueKind.String) is { Exists: true } text && text.Json.GetString()!.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out var found))
        {
            return [];
        }

        read.Add(PathOf(name));
        return found.ValueKind switch
        {
            JsonValueKind.Array => [.. found.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.String).Select(t => t.GetString()!.Trim()).Where(t => t.Length > 0)],
            JsonValueKind.String when found.GetString()!.Trim() is { Length: > 0 } one => [one],
            _ => [],
        };
    }

    /// <summary>A number; null when absent or beyond what a decimal holds.</summary>
    public decimal? Number(string name) =>
        Child(name, JsonValueKind.Number) is { Exists: true } number && number.Json.TryGetDecimal(out var found) ? found : null;

    /// <summary>True or false; null when absent.</summary>
    public bool? Flag(string name) =>
        Child(name, JsonValueKind.True) is { Exists: true } ? true : Child(name, JsonValueKind.False) is { Exists: true } ? false : null;

    public bool Has(string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out _);

    /// <summary>Counts a part as read although nothing is taken from it: it says nothing that is not known elsewhere.</summary>
    public void Pass(params ReadOnlySpan<string> names)
    {
        if (!Exists)
        {
            return;
        }

        foreach (var name in names)
        {
            read.Add(PathOf(name) + "*");
        }
    }

    /// <summary>The extension of this address; absent when there is none.</summary>
    public Element Extension(string url)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("extension", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in list.EnumerateArray())
            {
                var itemPath = $"{PathOf("extension")}[{index++.ToString(CultureInfo.InvariantCulture)}]";
                if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("url", out var found) && found.ValueKind == JsonValueKind.String && found.GetString() == url)
                {
                    read.Add(itemPath);
                    return new Element(item, itemPath, read);
                }
            }
        }

        return default;
    }

    /// <summary>The contained resource of this id; absent when there is none.</summary>
    public Element Contained(string id)
    {
        if (value.TryGetProperty("contained", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in list.EnumerateArray())
            {
                var itemPath = $"{PathOf("contained")}[{index++.ToString(CultureInfo.InvariantCulture)}]";
                if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var found) && found.ValueKind == JsonValueKind.String && found.GetString() == id)
                {
                    read.Add(itemPath);
                    return new Element(item, itemPath, read);
                }
            }
        }

        return default;
    }

    /// <summary>What was not read, each part once, by its path: <c>name.period</c>, <c>extension(patient-religion)</c>.</summary>
    public IReadOnlyList<string> NotRead()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var marks = read;
        Walk(value, "", "");
        return [.. found];

        void Walk(JsonElement at, string indexed, string shown)
        {
            if (at.ValueKind != JsonValueKind.Object)
            {
                return;
            }

            foreach (var property in at.EnumerateObject())
            {
                if (property.Name is "id" or "url" || ((indexed.Length == 0 || shown == "contained") && property.Name is "resourceType" or "meta" or "text" or "language" or "implicitRules"))
                {
                    continue;
                }

                var child = indexed.Length == 0 ? property.Name : $"{indexed}.{property.Name}";
                var label = shown.Length == 0 ? property.Name : $"{shown}.{property.Name}";
                if (marks.Contains(child + "*"))
                {
                    continue;
                }

                if (property.Name is "extension" or "contained" && property.Value.ValueKind == JsonValueKind.Array)
                {
                    Items(property.Value, child, label, extension: property.Name == "extension");
                }
                else if (!marks.Contains(child))
                {
                    found.Add(label);
                }
                else if (property.Value.ValueKind == JsonValueKind.Array)
                {
                    Items(property.Value, child, label, extension: false);
                }
                else
                {
                    Walk(property.Value, child, label);
                }
            }
        }

        void Items(JsonElement list, string indexed, string shown, bool extension)
        {
            var index = 0;
            foreach (var item in list.EnumerateArray())
            {
                var child = $"{indexed}[{index++.ToString(CultureInfo.InvariantCulture)}]";
                if (item.ValueKind != JsonValueKind.Object)
                {
                    continue;
                }

                if (marks.Contains(child))
                {
                    Walk(item, child, shown);
                }
                else
                {
                    found.Add(extension ? $"{shown}({LastPart(item)})" : shown == "contained" ? $"contained({TypeOf(item)})" : shown);
                }
            }
        }
    }

    private static string LastPart(JsonElement extension) =>
        extension.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String ? url.GetString()!.Split('/', ':')[^1] : "?";

    private static string TypeOf(JsonElement resource) =>
        resource.TryGetProperty("resourceType", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "?";

    private Element Child(string name, JsonValueKind kind)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out var found) || found.ValueKind != kind)
        {
            return default;
        }

        read.Add(PathOf(name));
        return new Element(found, PathOf(name), read);
    }

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
