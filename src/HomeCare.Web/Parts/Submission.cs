using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Parts;

/// <summary>What a form hands in: one at a time, and under the same command id as long as it says the same, so that a second press does nothing twice.</summary>
public sealed class Submission(Desk desk, IStringLocalizer<Common> words)
{
    private object? last;
    private Guid id;

    /// <summary>What was wrong with the last try.</summary>
    public Problems Problems { get; } = new(words);

    /// <summary>Whether it is under way.</summary>
    public bool Busy { get; private set; }

    /// <summary>Sends a command.</summary>
    /// <returns>True when it was done; false when something is wrong, or while another is under way.</returns>
    public Task<bool> SendAsync<TState>(ICommand<TState> command) where TState : class, IState<TState> =>
        DoAsync(async () => Problems.Take(await desk.DoAsync(command, IdOf(command))));

    /// <summary>Does something else than a command, or several.</summary>
    public async Task<bool> DoAsync(Func<Task<bool>> act)
    {
        if (Busy)
        {
            return false;
        }

        Busy = true;
        try
        {
            return await act();
        }
        finally
        {
            Busy = false;
        }
    }

    /// <summary>The id of a command: another one as soon as it says something else.</summary>
    private Guid IdOf(object command)
    {
        if (last is null || last.GetType() != command.GetType() || !Json.Same(last, command))
        {
            (last, id) = (command, Guid.CreateVersion7());
        }

        return id;
    }
}
