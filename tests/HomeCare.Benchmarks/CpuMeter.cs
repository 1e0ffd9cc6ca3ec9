using System.Diagnostics;
using Npgsql;

namespace HomeCare.Benchmarks;

/// <summary>
/// Processor time of this process and of PostgreSQL's processes. It tells what an act costs also where other work on the machine
/// decides how long it takes. Linux only; elsewhere PostgreSQL's share is 0.
/// </summary>
internal sealed class CpuMeter
{
    /// <summary>Of <c>/proc/…/stat</c>: a hundred a second on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    private readonly string folder;

    private CpuMeter(string folder) => this.folder = folder;

    public static async Task<CpuMeter> OfAsync(NpgsqlDataSource db)
    {
        await using var command = db.CreateCommand("show data_directory");
        return new((string)(await command.ExecuteScalarAsync())!);
    }

    /// <summary>Seconds until now.</summary>
    public (double Own, double Postgres) Read()
    {
        using var own = Process.GetCurrentProcess();
        var ticks = Directory.Exists("/proc/self")
            ? Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])).Sum(TicksOf)
            : 0;
        return (own.TotalProcessorTime.TotalSeconds, ticks / TicksPerSecond);
    }

    private long TicksOf(string process)
    {
        try
        {
            if (new FileInfo(Path.Combine(process, "cwd")).LinkTarget != folder)
                return 0;
            var fields = File.ReadAllText(Path.Combine(process, "stat"));
            var after = fields[(fields.LastIndexOf(')') + 2)..].Split(' ');
            return long.Parse(after[11]) + long.Parse(after[12]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
