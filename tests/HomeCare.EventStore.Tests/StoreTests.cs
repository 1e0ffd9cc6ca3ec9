using HomeCare.Testing;
using Npgsql;

namespace HomeCare.EventStore.Tests;

/// <summary>A store with the notes view in a fresh database, for each test its own.</summary>
public abstract class StoreTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    /// <summary>The session settings that the test's connections run under.</summary>
    protected virtual string SessionOptions => "-c TimeZone=Asia/Tokyo";

    protected string ConnectionString { get; private set; } = "";

    protected NpgsqlDataSource Db { get; private set; } = null!;

    protected EventStore Store { get; private set; } = null!;

    protected TimeProvider Clock { get; set; } = TimeProvider.System;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        ConnectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 60, Options = SessionOptions }.ConnectionString;
        Db = NpgsqlDataSource.Create(ConnectionString);
        Store = StoreOn(Db);
        await Store.MigrateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Store.DisposeAsync();
        await Db.DisposeAsync();
        await database.DisposeAsync();
    }

    private protected EventStore StoreOn(NpgsqlDataSource db, EventStoreOptions? options = null, EventTypes? types = null, IReadOnlyList<IView>? views = null) =>
        new(db, types ?? Given.Types(), views ?? [new NotesView()], Clock, options);

    /// <summary>Another node on the same database.</summary>
    private protected async Task<EventStore> AnotherStoreAsync(EventStoreOptions? options = null)
    {
        var other = StoreOn(Db, options);
        await other.MigrateAsync();
        return other;
    }

    /// <summary>Stops every append until it is disposed.</summary>
    protected async Task<IAsyncDisposable> HoldAppendLockAsync()
    {
        var connection = await Db.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; {Schema.TakeAppendLock}", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    protected async Task<long> CountAsync(string table) => (long)(await ScalarAsync($"select count(*) from {table}"))!;

    protected async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Db.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Every row as one text, in a settled order.</summary>
    protected async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var command = Db.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "null" : reader.GetValue(i).ToString())));
        return rows;
    }

    protected Task<IReadOnlyList<string>> DumpAsync(string table) => RowsAsync($"select t::text from {table} t order by 1");

    /// <summary>Waits for something that another task is about to do; fails after ten seconds.</summary>
    protected static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 500; i++)
        {
            if (await condition())
                return;
            await Task.Delay(20);
        }

        throw new TimeoutException("What the test waits for did not happen in ten seconds.");
    }
}
