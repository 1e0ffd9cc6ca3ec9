using HomeCare.Testing;
using Npgsql;

namespace HomeCare.EventStore.Tests;

public sealed class TestDatabaseTests
{
    [Fact]
    public async Task a_test_database_is_empty_sees_japanese_trigrams_and_goes_when_disposed()
    {
        var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);

        (await ScalarAsync(source, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).ShouldBe(0L);
        await using (var extension = source.CreateCommand("CREATE EXTENSION pg_trgm"))
        {
            await extension.ExecuteNonQueryAsync();
        }

        (await ScalarAsync(source, "SELECT array_length(show_trgm('田中'), 1)")).ShouldBe(3);
        await database.DisposeAsync();

        await using var gone = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        (await Should.ThrowAsync<PostgresException>(() => gone.OpenAsync())).SqlState.ShouldBe(PostgresErrorCodes.InvalidCatalogName);
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
