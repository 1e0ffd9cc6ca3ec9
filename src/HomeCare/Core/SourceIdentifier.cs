using FluentValidation;

namespace HomeCare;

/// <summary>What a record is called where it came from.</summary>
/// <param name="System">The namespace: a URI such as <c>urn:oid:…</c>, or the name given to the sending system.</param>
/// <param name="Value">The identifier in it.</param>
public sealed record SourceIdentifier(string System, string Value)
{
    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<SourceIdentifier>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(s => s.System).NotEmpty().MaximumLength(300);
            RuleFor(s => s.Value).NotEmpty().MaximumLength(300);
        }
    }
}

/// <summary>A code from a published list, as written there.</summary>
/// <param name="System">URI of the list.</param>
/// <param name="Value">The code.</param>
/// <param name="Display">Its wording.</param>
public sealed record Code(string System, string Value, string? Display = null)
{
    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<Code>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.System).NotNull().MaximumLength(300);
            RuleFor(c => c.Value).NotEmpty().MaximumLength(300);
            RuleFor(c => c.Display).MaximumLength(1000);
        }
    }
}
