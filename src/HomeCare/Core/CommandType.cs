using FluentValidation;

namespace HomeCare;

/// <summary>A command that exists: its name outside, its record, its rules and the act that a person needs leave for.</summary>
public abstract class CommandType(string name, Type type, Type state, Act act)
{
    /// <summary>Name in kebab-case: <c>record-visit</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The record.</summary>
    public Type Type { get; } = type;

    /// <summary>The state it is decided on.</summary>
    public Type State { get; } = state;

    /// <summary>The act it is.</summary>
    public Act Act { get; } = act;

    internal abstract FluentValidation.Results.ValidationResult Validate(object command);

    /// <summary>Does it, by its run-time type.</summary>
    public abstract Task<Outcome> DoAsync(Care care, CommandContext context, object command, CancellationToken ct);
}

/// <inheritdoc/>
public sealed class CommandType<TCommand, TState>(string name, Act act, IValidator<TCommand> rules)
    : CommandType(name, typeof(TCommand), typeof(TState), act)
    where TCommand : class, ICommand<TState>
    where TState : class, IState<TState>
{
    internal override FluentValidation.Results.ValidationResult Validate(object command) => rules.Validate((TCommand)command);

    /// <inheritdoc/>
    public override Task<Outcome> DoAsync(Care care, CommandContext context, object command, CancellationToken ct) =>
        care.DoAsync(context, (TCommand)command, ct);
}
