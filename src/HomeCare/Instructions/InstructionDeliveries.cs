using System.Collections.Concurrent;

namespace HomeCare.Instructions;

/// <summary>Records that instructions have reached a device of somebody for whom they wait, once for each instruction and person.</summary>
public sealed class InstructionDeliveries(Care care)
{
    /// <summary>The most that are recorded at once; the rest follow with the next look.</summary>
    private const int Most = 50;

    private const int MostKnown = 20_000;

    /// <summary>What has been recorded from here, or is being: several screens of one person see the same arrive.</summary>
    private readonly ConcurrentDictionary<(Guid Person, Guid Instruction), byte> known = [];

    /// <summary>Records them. Which they are is known without asking the database: see <see cref="InstructionCard.IsToArriveAt"/>. What is refused is left.</summary>
    public async Task RecordAsync(Actor by, IEnumerable<Guid> instructions, string device, CancellationToken ct = default)
    {
        foreach (var instruction in instructions.Take(Most))
        {
            if (known.Count > MostKnown)
            {
                known.Clear();
            }

            if (!known.TryAdd((by.PersonId, instruction), 0))
            {
                continue;
            }

            Outcome? outcome = null;
            try
            {
                outcome = await care.DoAsync(new CommandContext(by, Guid.CreateVersion7()), new MarkInstructionDelivered(instruction, device), ct);
            }
            finally
            {
                if (outcome is not Outcome.Done)
                {
                    known.TryRemove((by.PersonId, instruction), out _);
                }
            }
        }
    }
}
