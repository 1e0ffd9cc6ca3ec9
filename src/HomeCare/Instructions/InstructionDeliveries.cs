namespace HomeCare.Instructions;

/// <summary>Records that instructions have reached a device of somebody for whom they wait, once for each instruction and person.</summary>
public sealed class InstructionDeliveries(Care care)
{
    /// <summary>The most that are recorded at once; the rest follow with the next look.</summary>
    private const int Most = 50;

    /// <summary>Records them. Which they are is known without asking the database: see <see cref="InstructionCard.IsToArriveAt"/>. What is refused is left.</summary>
    public async Task RecordAsync(Actor by, IEnumerable<Guid> instructions, string device, CancellationToken ct = default)
    {
        foreach (var instruction in instructions.Take(Most))
        {
            await care.DoAsync(new CommandContext(by, Guid.CreateVersion7()), new MarkInstructionDelivered(instruction, device), ct);
        }
    }
}
