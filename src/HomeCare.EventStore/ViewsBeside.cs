using Npgsql;

namespace HomeCare.EventStore;

/// <summary>
/// The views over chosen events alone, in temporary tables beside the live ones: whoever reads through <see cref="Database"/> finds these
/// wherever a statement names a view's table. One connection, gone with its tables when this is disposed; it cannot write to any other table.
/// </summary>
public sealed class ViewsBeside : IAsyncDisposable
{
    private const int Page = 500;

    private readonly ViewWriter writer = new();
    private readonly IReadOnlyList<IView> views;

    private ViewsBeside(NpgsqlDataSource database, IReadOnlyList<IView> views) => (Database, this.views) = (database, views);

    /// <summary>Its single connection; statements wait for one another, so that none may be sent while another is being read.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>Makes empty twins of the views' tables.</summary>
    /// <param name="connectionString">of the database with the live views</param>
    /// <param name="more">further tables to have empty twins of</param>
    /// <param name="longest">the longest that one statement may take</param>
    public static async Task<ViewsBeside> OpenAsync(string connectionString, IReadOnlyList<IView> views, IReadOnlyList<string> more, TimeSpan longest, CancellationToken ct)
    {
        var one = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = true, MinPoolSize = 0, MaxPoolSize = 1, NoResetOnClose = true, Multiplexing = false };
        var beside = new ViewsBeside(NpgsqlDataSource.Create(one.ConnectionString), views);
        try
        {
            await using var connection = await beside.Database.OpenConnectionAsync(ct);
            var twins = views.SelectMany(v => v.Tables).Concat(more).Select(t => $"create temporary table {Schema.Quote(t)} (like {Schema.Quote(t)} including all);");
            // PostgreSQL lets a transaction that only reads write to temporary tables, and to no other.
            await Sql.ScalarAsync(connection, $"""
                {string.Concat(twins)}
                set session characteristics as transaction read only;
                set statement_timeout = {(long)longest.TotalMilliseconds};
                set enable_seqscan = off;
                set jit = off
                """, ct);
            return beside;
        }
        catch
        {
            await beside.DisposeAsync();
            throw;
        }
    }

    /// <summary>Projects events, in the order in which they are given.</summary>
    public async Task ProjectAsync(IReadOnlyList<StoredEvent> events, CancellationToken ct)
    {
        await using var connection = await Database.OpenConnectionAsync(ct);
        foreach (var page in events.Chunk(Page))
        {
            var statements = new ViewBatch();
            foreach (var e in page)
                Projecting.Project(views, e, statements);
            if (statements.Statements.Count > 0)
                await writer.WriteAsync(connection, statements, ct);
        }
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
