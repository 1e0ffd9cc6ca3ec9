using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace HomeCare.Web.Shell;

/// <summary>Reads what a page needs once: on the server when it is drawn first, and hands it to the live circuit.</summary>
public sealed class CarriedState(PersistentComponentState state) : IDisposable
{
    private PersistingComponentStateSubscription? subscription;

    /// <summary>The value carried from the first drawing, or read now.</summary>
    /// <param name="key">What it is; the same on both sides, and different for another address.</param>
    /// <param name="read">Reads it.</param>
    public async Task<T?> TakeAsync<T>(string key, Func<Task<T?>> read) where T : class
    {
        subscription?.Dispose();
        subscription = null;
        if (state.TryTakeFromJson<byte[]>(key, out var packed) && packed is { Length: > 0 })
        {
            return Carried.Unpack<T>(packed);
        }

        var value = await read();
        if (value is not null)
        {
            subscription = state.RegisterOnPersisting(
                () =>
                {
                    state.PersistAsJson(key, Carried.Pack(value));
                    return Task.CompletedTask;
                },
                RenderMode.InteractiveServer);
        }

        return value;
    }

    /// <inheritdoc/>
    public void Dispose() => subscription?.Dispose();
}
