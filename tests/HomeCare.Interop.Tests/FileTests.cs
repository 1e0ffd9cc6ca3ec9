using System.Text;
using HomeCare.Patients;
using HomeCare.VitalSigns;

namespace HomeCare.Interop.Tests;

/// <summary>Files as they come: whole, half, in other encodings, line by line, in bundles.</summary>
public sealed class FileTests
{
    private static IReadOnlyList<ImportedResource> Read(byte[] bytes, string name = "file.json")
    {
        var import = new FhirImport(Given.Options);
        import.Add(Given.File(bytes, name)).ShouldBeNull();
        return [.. import.Resources()];
    }

    private static string Pulse(string id, string patient = "Patient/taro", int value = 72) => $$$$"""
        {"resourceType":"Observation","id":"{{{{id}}}}","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},"subject":{"reference":"{{{{patient}}}}"},"effectiveDateTime":"2026-11-20T10:00:00Z","valueQuantity":{"value":{{{{value}}}},"unit":"/min"}}
        """;

    [Theory]
    [InlineData("{\n  \"resourceType\": \"Patient\",\n  \"id\": \"p\"", 3, 12, "json.ends_early")]
    [InlineData("{\n  \"resourceType\": \"Patient\",\n  \"氏名\": 山田\n}", 3, 9, "json.broken")]
    [InlineData("{\"resourceType\":\"Patient\",}", 1, 27, "json.broken")]
    [InlineData("{\"resourceType\":\"Patient\"} x", 1, 28, "json.broken")]
    [InlineData("{\n\"resourceType\":\"Patient\",\n\"id\":\"a\",\n\"id\":\"b\"}", 4, 1, "json.name_twice")]
    [InlineData("{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"a\",\n \"text\":\"b\"}]}", 2, 2, "json.name_twice")]
    [InlineData("{\"resourceType\":\"Patient\",\"id\":\"\\ud800\"}", 1, 32, "json.broken")]
    [InlineData("{\"a\":1}", 1, 1, "file.not_fhir")]
    [InlineData("[1]", 1, 1, "file.not_fhir")]
    [InlineData("{\"resourceType\":7}", 1, 1, "file.not_fhir")]
    [InlineData("{\"resourceType\":\"Bundle\",\"entry\":[\n{\"resource\":{\"id\":\"x\"}}]}", 2, 13, "file.not_fhir")]
    [InlineData("", 1, 1, "json.ends_early")]
    public void a_broken_file_is_refused_with_its_line_and_column(string text, int line, int column, string key)
    {
        var fault = Given.Fault(text);

        (fault.Line, fault.Column, fault.Key).ShouldBe((line, column, key));
        fault.File.ShouldBe("file.json");
    }

    [Fact]
    public void nesting_without_end_is_refused_rather_than_followed() =>
        Given.Fault("""{"resourceType":"Patient","x":""" + new string('[', 5000)).Key.ShouldBe("json.broken");

    [Fact]
    public void nothing_of_a_broken_file_counts_and_the_others_go_on()
    {
        var import = new FhirImport(Given.Options);
        import.Add(Given.File(Given.Taro)).ShouldBeNull();
        import.Add(Given.File($"{Pulse("a")}\n{Pulse("b")}\n{{\"resourceType\":\n", "x.ndjson")).ShouldNotBeNull().Line.ShouldBe(3);

        import.Resources().ShouldHaveSingleItem().Resource.ShouldBe(new ResourceId("Patient", "taro"));
        import.Counts.Keys.ShouldBe(["Patient"]);
    }

    [Fact]
    public void shift_jis_is_refused_where_it_begins()
    {
        byte[] bytes = [.. "{\"resourceType\":\"Patient\",\n\"id\":\""u8, 0x8E, 0x52, .. "\"}"u8];

        var fault = new FhirImport(Given.Options).Add(Given.File(bytes)).ShouldNotBeNull();

        (fault.Line, fault.Column, fault.Key).ShouldBe((2, 7, "file.not_utf8"));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void a_byte_order_mark_does_no_harm(string encoding)
    {
        var named = Encoding.GetEncoding(encoding);

        Read([.. named.GetPreamble(), .. named.GetBytes(Given.Taro)]).ShouldHaveSingleItem().Command<RegisterPatient>().Details.Name.ShouldBe("山田 太郎");
    }

    [Theory]
    [InlineData("records.ndjson")]
    [InlineData("records.json")]
    public void ndjson_is_known_by_its_name_or_its_second_line(string name)
    {
        var found = Read(Encoding.UTF8.GetBytes($"{Pulse("a")}\r\n\r\n{Given.Taro}\r\n{Pulse("b")}\r\n"), name);

        found.Select(r => r.Resource.Id).ShouldBe(["taro", "a", "b"]);
    }

    [Fact]
    public void a_bundle_of_any_type_gives_its_resources_and_urn_references_are_followed()
    {
        var found = Given.Files($$$$"""
            {"resourceType":"Bundle","type":"document","entry":[
              {"fullUrl":"urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427","resource":{{{{Pulse("o", "urn:uuid:2c4e28ba-2fa1-11d2-883f-0016d3cca427")}}}}},
              {"request":{"method":"DELETE","url":"Patient/9"}},
              {"fullUrl":"urn:uuid:2c4e28ba-2fa1-11d2-883f-0016d3cca427","resource":{{{{Given.Taro}}}}}]}
            """);

        found.Single(r => r.Resource.Type == "Observation").Command<RecordVitals>().PatientId.ShouldBe(Given.IdOf("Patient", "taro"));
    }

    [Fact]
    public void an_empty_bundle_is_no_fault_and_an_empty_file_is_one()
    {
        Given.Files("""{"resourceType":"Bundle","type":"searchset"}""").ShouldBeEmpty();
        new FhirImport(Given.Options).Add(Given.File("\n\n", "x.ndjson")).ShouldNotBeNull().Key.ShouldBe("file.empty");
    }

    [Fact]
    public void a_resource_without_an_id_is_known_by_identifier_address_or_content()
    {
        Given.Files("""{"resourceType":"Organization","name":"芝薬局","identifier":[{"system":"s","value":"1"}]}""").ShouldHaveSingleItem().Resource.Id.ShouldBe("s|1");
        Given.Files("""{"resourceType":"Bundle","entry":[{"fullUrl":"urn:uuid:x","resource":{"resourceType":"Organization","name":"芝薬局"}}]}""").ShouldHaveSingleItem().Resource.Id.ShouldBe("urn:uuid:x");
        var (one, other) = (Given.Files("""{"resourceType":"Organization","name":"芝薬局","active":true}"""), Given.Files("""{ "active":true, "name":"芝薬局", "resourceType":"Organization" }"""));
        one.Single().Resource.ShouldBe(other.Single().Resource);
    }

    [Fact]
    public void a_missing_file_and_a_folder_are_refused()
    {
        var import = new FhirImport(Given.Options);

        import.Add(ImportFile.At("/nowhere/x.json")).ShouldNotBeNull().Key.ShouldBe("file.missing");
        import.Add(ImportFile.At(Path.GetTempPath())).ShouldNotBeNull().Key.ShouldBe("file.unreadable");
    }

    [Fact]
    public void a_file_that_changes_while_it_is_read_stops_the_import()
    {
        var opened = 0;
        var import = new FhirImport(Given.Options);
        // Looked at for lines, checked, indexed; then half of it.
        import.Add(new ImportFile("x.json", () => new MemoryStream(Encoding.UTF8.GetBytes(opened++ < 4 ? Given.Taro : Given.Taro[..20])))).ShouldBeNull();

        Should.Throw<FileRefused>(() => import.Resources().ToList()).Fault.Key.ShouldBe("file.changed");
    }

    [Fact]
    public void a_long_ndjson_file_is_read_line_by_line()
    {
        // 60 MB of lines, made while they are read.
        const int lines = 150_000;
        var filler = new string('x', 180);
        var file = new ImportFile("long.ndjson", () => new Lines(lines, i => i == lines - 1 ? Given.Taro : Pulse($"o{i}").TrimEnd()[..^1] + $",\"note\":[{{\"text\":\"{filler}\"}}]}}"));
        var import = new FhirImport(Given.Options);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        import.Add(file).ShouldBeNull();
        var count = import.Resources().Count(r => !r.NotTaken);

        count.ShouldBe(lines);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(120 << 20);
    }

    private sealed class Lines(int count, Func<int, string> line) : Stream
    {
        private byte[] current = [];
        private int at, next;

        public override int Read(byte[] buffer, int offset, int wanted)
        {
            if (at == current.Length)
            {
                if (next == count)
                {
                    return 0;
                }

                (current, at) = (Encoding.UTF8.GetBytes(line(next++) + "\n"), 0);
            }

            var taken = Math.Min(wanted, current.Length - at);
            Array.Copy(current, at, buffer, offset, taken);
            at += taken;
            return taken;
        }

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => 0;
            set => (current, at, next) = ([], 0, 0);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int length) => throw new NotSupportedException();
    }
}
