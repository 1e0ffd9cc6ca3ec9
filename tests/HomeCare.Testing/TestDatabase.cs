using Npgsql;

namespace HomeCare.Testing;

/// <summary>A fresh, empty database of the shared <see cref="PostgresServer"/>; dropped when disposed, whoever is still connected.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string server;

    private TestDatabase(string server, string name)
    {
        this.server = server;
        Name = name;
        // A small pool: hundreds of test databases share one server's connections.
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
    }

    /// <summary>The database's name, different for every instance.</summary>
    public string Name { get; }

    /// <summary>The connection string of its owner.</summary>
    public string ConnectionString { get; }

    /// <summary>Makes a database, empty or as a copy of another to which nothing may be connected at that moment.</summary>
    public static async Task<TestDatabase> CreateAsync(TestDatabase? template = null)
    {
        var server = await PostgresServer.ConnectionStringAsync();
        var database = new TestDatabase(server, $"test_{Guid.CreateVersion7():N}");
        if (template is not null)
        {
            template.ClearPool();
        }

        await ExecuteAsync(server, $"CREATE DATABASE {database.Name}{(template is null ? "" : $" TEMPLATE {template.Name}")}");
        return database;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        ClearPool();
        await ExecuteAsync(server, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
    }

    private void ClearPool()
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
