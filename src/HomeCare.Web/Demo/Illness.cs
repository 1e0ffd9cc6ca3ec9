using HomeCare.Instructions;
using HomeCare.Visits;

namespace HomeCare.Web.Demo;

/// <summary>What an illness looks like at home: signs around which readings move, sentences from which notes are dealt.</summary>
/// <param name="Name">Key of the illness.</param>
/// <param name="Base">Usual signs.</param>
internal sealed record Illness(string Name, Usual Base)
{
    public required Disease[] Diseases { get; init; }

    public required Drug[] Drugs { get; init; }

    /// <summary>A medicine that was stopped during the history, and why.</summary>
    public (Drug Drug, string Reason)? Stopped { get; init; }

    public required string[] Subjective { get; init; }

    public required string[] Objective { get; init; }

    public required string[] Assessment { get; init; }

    public required string[] Plan { get; init; }

    /// <summary>What the physician finds and decides.</summary>
    public required string[] Physician { get; init; }

    public required Guide[] Guides { get; init; }

    public CareGiven[] Care { get; init; } = [CareGiven.Observation, CareGiven.MedicineSupport];

    public SoftSign[] SoftSigns { get; init; } = [SoftSign.Weary, SoftSign.EatingLess, SoftSign.Sleepless];
}

/// <summary>Signs of an ordinary day.</summary>
/// <param name="Temperature">Tenths of ℃.</param>
/// <param name="Weight">Tenths of kg; 0: not weighed.</param>
/// <param name="Oxygen">Quarters of L/min.</param>
internal sealed record Usual(
    int Temperature, int Pulse, int Respiration, int Systolic, int Diastolic, int SpO2, int Weight = 0, int Glucose = 0, int Pain = -1, int Oxygen = 0, bool Regular = true);

/// <summary>An instruction as physicians give it, and what comes of it.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">In words.</param>
/// <param name="Evidence">What is reported when it is done.</param>
/// <param name="Order">The medicine, where it orders one.</param>
/// <param name="Question">What may be asked back.</param>
/// <param name="Reply">What the physician answers.</param>
internal sealed record Guide(InstructionKind Kind, string Text, string Evidence, MedicineOrder? Order = null, string? Question = null, string? Reply = null);
