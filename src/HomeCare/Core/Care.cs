using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FluentValidation.Results;
using HomeCare.EventStore;
using Store = HomeCare.EventStore.EventStore;

namespace HomeCare;

/// <summary>The one way in which anything is written: validate, authorise, load, decide, append.</summary>
public sealed class Care(Store store, Access access, Commands commands, TimeProvider time)
{
    /// <summary>
    /// How many commands are at work at once at most. When the database falls behind, the next is told to come again rather than kept
    /// in memory with those that wait already.
    /// </summary>
    internal int MostAtOnce { get; init; } = 2048;

    private int atWork;

    /// <summary>How often a decision is made anew when somebody else wrote to the same stream meanwhile.</summary>
    private const int Attempts = 8;

    /// <summary>All commands there are.</summary>
    public Commands Commands => commands;

    /// <summary>Does a command, once: the same <see cref="CommandContext.CommandId"/> again returns the first receipt.</summary>
    /// <returns>Never throws for what a person may have got wrong; see <see cref="Outcome"/>.</returns>
    public async Task<Outcome> DoAsync<TState>(CommandContext context, ICommand<TState> command, CancellationToken ct = default)
        where TState : class, IState<TState>
    {
        var type = commands.Of(command.GetType());
        if (context.CommandId == Guid.Empty)
        {
            return new Outcome.Invalid([new FieldError("commandId", "command.id_missing", [])]);
        }

        if (type.Validate(command) is { IsValid: false } invalid)
        {
            return new Outcome.Invalid([.. invalid.Errors.Select(FieldErrors.Of)]);
        }

        var key = new CommandKey(context.CommandId, context.By.PersonId.ToString(), Fingerprint(type, command));
        try
        {
            if (Interlocked.Increment(ref atWork) > MostAtOnce)
            {
                throw new StoreBusy();
            }

            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (await TryAsync(type, context, command, key, ct) is { } outcome)
                {
                    return outcome;
                }
            }
        }
        catch (StoreBusy)
        {
            return new Outcome.Refused(RefusalKind.Busy, "store.busy");
        }
        catch (InvalidEventBody)
        {
            return new Outcome.Refused(RefusalKind.Invalid, "text.not_storable");
        }
        finally
        {
            Interlocked.Decrement(ref atWork);
        }

        return new Outcome.Refused(RefusalKind.Conflict, "command.changed_meanwhile");
    }

    /// <returns>Null when somebody else wrote to the stream between reading and writing.</returns>
    private async Task<Outcome?> TryAsync<TState>(CommandType type, CommandContext context, ICommand<TState> command, CommandKey key, CancellationToken ct)
        where TState : class, IState<TState>
    {
        var by = context.By;
        var now = context.RecordedAt ?? time.GetUtcNow();

        // Most commands say themselves whom they are about: what is on record of them is read along with the stream.
        var expected = command.PatientOf(TState.Initial);
        var ahead = expected is null ? null : access.FactsAsync(by, expected, [.. command.References], now, command.Measured, ct);
        var (stream, earlier) = await store.FetchForWritingAsync(by.TenantId, command.Stream, key, ct);
        switch (earlier)
        {
            case AppendResult.Repeated repeated:
                return new Outcome.Done(repeated.Receipt, Repeated: true);
            case AppendResult.CommandReused:
                return new Outcome.Refused(RefusalKind.Invalid, "command.id_reused");
        }

        var state = stream.Events.Aggregate(TState.Initial, (s, e) => s.Apply(e.Data));
        var patientId = command.PatientOf(state);
        var facts = await (ahead is not null && patientId == expected ? ahead : access.FactsAsync(by, patientId, [.. command.References], now, command.Measured, ct));
        if (Access.Refusal(type.Act, by, patientId, facts) is { } refusal)
        {
            return refusal;
        }

        if (command.References.Any(r => !facts.Knows(r)))
        {
            return new Outcome.Refused(RefusalKind.NotFound, "reference.unknown");
        }

        switch (command.Decide(state, new Situation(by, now, facts.Patient, facts.Known)))
        {
            case Decision.Refused { Field: { } field } refused:
                return new Outcome.Invalid([new FieldError(field, refused.Key, [])]);
            case Decision.Refused refused:
                return new Outcome.Refused(refused.Kind, refused.Key) { Who = refused.Who };
            case Decision.Nothing:
                return await AppendAsync(new Append(by.TenantId, []) { Found = stream.Last }, context, key, ct);
            case Decision.Accepted accepted:
                return await AppendAsync(
                    new Append(by.TenantId, [stream.Then(TState.StreamType, accepted.Events), .. accepted.Also]), context, key, ct);
            default:
                throw new InvalidOperationException($"{type.Name} came to no decision.");
        }
    }

    private async Task<Outcome?> AppendAsync(Append append, CommandContext context, CommandKey key, CancellationToken ct)
    {
        var result = await store.AppendAsync(append with
        {
            Command = key,
            Headers = Author.HeadersOf(context),
            UserName = context.By.PersonId.ToString(),
            CorrelationId = context.CorrelationId,
            CausationId = context.CommandId.ToString(),
            RecordedAt = context.RecordedAt,
        }, ct);
        return result switch
        {
            AppendResult.Appended appended => new Outcome.Done(appended.Receipt, Repeated: false),
            AppendResult.Repeated repeated => new Outcome.Done(repeated.Receipt, Repeated: true),
            AppendResult.CommandReused => new Outcome.Refused(RefusalKind.Invalid, "command.id_reused"),
            AppendResult.StreamArchived => new Outcome.Refused(RefusalKind.Conflict, "record.archived"),
            AppendResult.Conflict => null,
            _ => throw new InvalidOperationException("The store gave no result."),
        };
    }

    private byte[] Fingerprint(CommandType type, object command) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(type.Name + '\n' + JsonSerializer.Serialize(command, type.Type, store.Types.Json)));
}

internal static class FieldErrors
{
    /// <summary>FluentValidation's own codes in the product's keys.</summary>
    public static FieldError Of(ValidationFailure failure)
    {
        var placeholders = failure.FormattedMessagePlaceholderValues ?? [];
        object Placeholder(string name) => placeholders.TryGetValue(name, out var value) ? value : "";
        var (key, arguments) = failure.ErrorCode switch
        {
            "NotEmptyValidator" or "NotNullValidator" => ("field.required", Array.Empty<object>()),
            "MaximumLengthValidator" => ("field.too_long", [Placeholder("MaxLength")]),
            "EnumValidator" => ("field.not_a_choice", []),
            var own => (own, failure.CustomState as object[] ?? []),
        };
        return new FieldError(CamelPath(failure.PropertyName), key, arguments);
    }

    private static string CamelPath(string path) =>
        string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
