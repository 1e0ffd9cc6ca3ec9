using Npgsql;

namespace HomeCare.Benchmarks;

/// <summary>A database of its own for one benchmark, dropped afterwards.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly string server;
    private readonly string name;

    private BenchDatabase(string server, string name)
    {
        this.server = server;
        this.name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 100 }.ConnectionString;
        Db = NpgsqlDataSource.Create(ConnectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Db { get; }

    public static async Task<BenchDatabase> CreateAsync(string server, string benchmark)
    {
        var name = $"bench_{benchmark.ToLowerInvariant()}_{Guid.CreateVersion7():N}";
        await ExecuteAsync(server, $"create database {name}");
        return new(server, name);
    }

    /// <summary>Lets PostgreSQL know its tables, as it does by itself after a while.</summary>
    public async Task AnalyzeAsync()
    {
        await using var command = Db.CreateCommand("vacuum analyze");
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await ExecuteAsync(server, $"drop database {name} with (force)");
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
