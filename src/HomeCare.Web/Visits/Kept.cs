using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace HomeCare.Web.Visits;

/// <summary>What the browser kept of a sheet.</summary>
internal static class Kept
{
    /// <summary>More than a sheet can hold.</summary>
    private const long Most = 1_000_000;

    /// <summary>Lets the browser keep what is typed from now on, and brings what it kept before.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> AttachAsync(IJSObjectReference module, ElementReference root, string key)
    {
        await using var bytes = await module.InvokeAsync<IJSStreamReference>("attach", root, key);
        if (bytes is null)
        {
            return new Dictionary<string, string>();
        }

        await using var stream = await bytes.OpenReadStreamAsync(Most);
        return await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(stream) ?? [];
    }
}
