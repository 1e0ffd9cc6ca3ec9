using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace HomeCare.Web.Accounts;

/// <summary>The keys that seal cookies and form tokens, in the database: a restart signs nobody out, and all nodes share them.</summary>
public sealed class DataProtectionKeys(NpgsqlDataSource database) : IXmlRepository
{
    internal const string Ddl =
        """
        create table if not exists identity.data_protection_keys (name text primary key, xml text not null)
        """;

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand("select xml from identity.data_protection_keys");
        using var rows = command.ExecuteReader();
        var elements = new List<XElement>();
        while (rows.Read())
        {
            elements.Add(XElement.Parse(rows.GetString(0)));
        }

        return elements;
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand(
            "insert into identity.data_protection_keys values ($1, $2) on conflict (name) do update set xml = excluded.xml");
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}
