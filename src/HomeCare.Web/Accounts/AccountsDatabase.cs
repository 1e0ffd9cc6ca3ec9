using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HomeCare.Web.Accounts;

/// <summary>The accounts, in the schema <c>identity</c> of the same database.</summary>
public sealed class AccountsDatabase(DbContextOptions<AccountsDatabase> options) : IdentityUserContext<Account, Guid>(options)
{
    /// <summary>Devices on which people work without the network.</summary>
    public DbSet<GivenPass> DevicePasses => Set<GivenPass>();

    /// <summary>One node at a time makes the tables. "HcAcc" in letters.</summary>
    private const long MigrationLock = 0x4863_4163_63;

    /// <summary>Makes the tables when they are missing. Harmless when all is there, and when several nodes do it at once.</summary>
    public async Task MigrateAsync(NpgsqlDataSource database, CancellationToken ct = default)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync($"select pg_advisory_xact_lock({MigrationLock})");
        await using (var exists = new NpgsqlCommand("select to_regclass('identity.\"AspNetUsers\"') is not null", connection))
        {
            if (await exists.ExecuteScalarAsync(ct) is not true)
            {
                await ExecuteAsync(Database.GenerateCreateScript());
            }
        }

        await ExecuteAsync(DataProtectionKeys.Ddl);
        await ExecuteAsync(GivenPass.Ddl);
        await transaction.CommitAsync(ct);

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema("identity");
        builder.Entity<Account>().HasIndex(a => new { a.TenantId, a.PersonId });
        builder.Entity<Account>().Property(a => a.TenantId).HasMaxLength(100);
        builder.Entity<GivenPass>().ToTable("device_passes", t => t.ExcludeFromMigrations()).HasKey(p => new { p.DeviceId, p.AccountId });
    }
}
