using System.Collections.Concurrent;
using System.Text;
using Deque.AxeCore.Playwright;
using HomeCare.BrowserTests.Support;
using HomeCare.Testing;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests.Sheet;

/// <summary>Photographs of wounds: taken in a home without a network, and none is lost, doubled or seen by those who may not.</summary>
public sealed class PhotoTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 60_000 };

    [Fact]
    public async Task a_photograph_taken_without_the_network_outlives_the_browser_and_arrives_through_one_that_cuts_it()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (path, person) = await Plans.NextAsync(town, tablet);
        await tablet.TakeAlongAsync();
        network.Treat(Fault.Refuse);
        await tablet.OpenAsync(path);
        await tablet.BeginAsync();
        await tablet.TypeAsync("objective", "photo 1");
        await Camera.TakeAsync(tablet.Page);
        await tablet.Page.Locator("figure.photo input").FillAsync("仙骨部");
        await SeenAsync(tablet.Page.Locator("figure.photo img"));
        var kept = await tablet.Page.EvaluateAsync<string>(
            """
            async () => {
              const { openDB } = await import('/lib/idb/idb.js');
              const db = await openDB('homecare-visit');
              const [photo] = await db.getAll('photos');
              db.close();
              return String.fromCharCode(...new Uint8Array(photo.data).subarray(0, 3));
            }
            """);
        kept.ShouldNotBe("\u00ff\u00d8\u00ff", "on the device it lies under a key");
        await tablet.UntilAsync("async (person) => (await (await import('/js/visit/store.js')).draftsOf(person)).some((d) => Object.values(d.fields).includes('仙骨部'))", person.ToString());

        await tablet.KillBrowserAsync();
        await tablet.OpenAsync(path);
        await SeenAsync(tablet.Page.Locator("figure.photo img"));
        await Expect(tablet.Page.Locator("figure.photo input")).ToHaveValueAsync("仙骨部");
        await tablet.FinishAsync();
        await Expect(tablet.Page.Locator("[data-photos=kept] .chip-warn")).ToBeVisibleAsync(Soon);
        await tablet.KillBrowserAsync();
        await tablet.OpenAsync("/visits");
        await Expect(tablet.Page.Locator("article[data-entry] [data-photos=kept]")).ToBeVisibleAsync(Soon);

        // Requests are cut in their middle, the pieces of the photograph among them: what has arrived is not sent again.
        var taken = new ConcurrentBag<string>();
        tablet.Page.Response += (_, answer) =>
        {
            if (answer.Request.Method == "PUT" && answer.Url.Contains("/pieces/", StringComparison.Ordinal) && answer.Status == 200)
            {
                taken.Add(answer.Url);
            }
        };
        var turn = 0;
        network.Treat(() => Interlocked.Increment(ref turn) % 6 == 0 ? Fault.CutRequest : Fault.None);
        await Expect(tablet.Page.Locator("li[data-entry][data-state=received]").First).ToBeVisibleAsync(new() { Timeout = 180_000 });
        network.Treat(Fault.None);
        network.Spoiled.ShouldBeGreaterThan(0);
        taken.Count.ShouldBeGreaterThan(1, "it came in pieces");
        taken.Distinct().Count().ShouldBe(taken.Count, "no piece was taken twice");
        (await tablet.Page.EvaluateAsync<int>("async () => { const { openDB } = await import('/lib/idb/idb.js'); const db = await openDB('homecare-visit'); const n = await db.count('photos'); db.close(); return n; }"))
            .ShouldBe(0, "what has arrived leaves the device");

        var recorded = (await Recorded.OfAsync(town.ConnectionString, "photo 1")).ShouldHaveSingleItem();
        var named = recorded.Data.GetProperty("Photos")[0];
        var file = await FileAsync(named.GetProperty("PhotoId").GetGuid());
        Pictures.Hash(file).ShouldBe(named.GetProperty("Sha256").GetString());
        named.GetProperty("Place").GetString().ShouldBe("仙骨部");
        Math.Max(named.GetProperty("Width").GetInt32(), named.GetProperty("Height").GetInt32()).ShouldBe(1600, "shrunk on the device");
        Encoding.Latin1.GetString(file).ShouldNotContain(Camera.Secret);
        await LookAsync(path.Split('/')[2]);
    }

    [Fact]
    public async Task what_is_no_photograph_and_a_full_tablet_are_said_in_a_sentence_and_the_sheet_goes_on()
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look("en"));
        await VisitSheet.OpenAsync(nurse, (await Plans.HomesAsync(town))[0]);
        await nurse.Page.Locator("#f-photo").SetInputFilesAsync(new FilePayload { Name = "letter.jpg", MimeType = "image/jpeg", Buffer = "not a picture"u8.ToArray() });
        await Expect(nurse.Page.Locator(".banner-stop")).ToContainTextAsync("could not be read as a photograph", new() { Timeout = 30_000 });
        var photo = await Camera.PhotoAsync(nurse.Page, 400, 300);
        await nurse.Page.EvaluateAsync("() => { window.put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function (v, ...k) { if (this.name === 'photos') throw new DOMException('full', 'QuotaExceededError'); return window.put.call(this, v, ...k); }; }");
        await nurse.Page.Locator("#f-photo").SetInputFilesAsync(photo);
        await Expect(nurse.Page.Locator(".banner-stop")).ToContainTextAsync("not enough room", new() { Timeout = 30_000 });
        await nurse.Page.EvaluateAsync("() => { IDBObjectStore.prototype.put = window.put; }");
        await Camera.TakeAsync(nurse.Page, photo);
        await Camera.TakeAsync(nurse.Page, photo);
        await nurse.Page.Locator("figure.photo button").First.ClickAsync();
        await nurse.Page.Locator("dialog .button-stop").ClickAsync();
        await Expect(nurse.Page.Locator("figure.photo")).ToHaveCountAsync(1);
        await nurse.Page.Locator("[data-record]").ClickAsync();
        await Expect(nurse.Page.Locator("[data-photos=received] .chip-ok")).ToBeVisibleAsync(Soon);
    }

    [Fact]
    public async Task a_photograph_that_is_refused_stays_on_the_tablet_with_its_reason_until_somebody_deals_with_it()
    {
        await using var network = new FaultProxy(town.Host.Address);
        await using var tablet = await TabletAsync(network);
        var (path, person) = await Plans.NextAsync(town, tablet);
        await tablet.OpenAsync(path);
        await tablet.BeginAsync();
        await tablet.TypeAsync("objective", "photo 2");
        await Camera.TakeAsync(tablet.Page);
        var refusing = true;
        await tablet.Context.RouteAsync("**/pieces/*", route => refusing
            ? route.FulfillAsync(new() { Status = 422, ContentType = "application/problem+json", Body = """{"type":"urn:homecare:problem:photo.differs","title":"The photograph that arrived is not the one on record.","status":422,"key":"photo.differs"}""" })
            : route.ContinueAsync());
        await tablet.FinishAsync();
        var card = tablet.Page.Locator("article[data-entry][data-state=received]");
        await Expect(card.Locator(".banner-stop")).ToContainTextAsync("一致しません", new() { Timeout = 60_000 });
        await tablet.OpenAsync("/visits");
        await Expect(card.Locator(".banner-stop")).ToBeVisibleAsync(Soon);
        await Expect(tablet.Page.Locator(".sheet-state .chip-stop")).ToBeVisibleAsync(Soon);
        await using (var office = await town.VisitAsync("ns.tanaka"))
        {
            for (var i = 0; i < 20 && await office.Page.Locator("#unsent-t").CountAsync() == 0; i++)
            {
                await office.OpenAsync("/");
            }

            await Expect(office.Page.Locator("#unsent-t")).ToBeVisibleAsync(Soon);
        }

        refusing = false;
        await card.GetByRole(AriaRole.Button, new() { Name = "もう一度送る" }).ClickAsync();
        await Expect(tablet.Page.Locator("li[data-entry][data-state=received]").First).ToBeVisibleAsync(Soon);
        var recorded = (await Recorded.OfAsync(town.ConnectionString, "photo 2")).ShouldHaveSingleItem();
        recorded.Author.ShouldBe(person);
        (await FileAsync(recorded.Data.GetProperty("Photos")[0].GetProperty("PhotoId").GetGuid())).Length.ShouldBeGreaterThan(1000);
    }

    /// <summary>The physician looks at it on the timeline: loaded, named, enlarged, closed with the keyboard.</summary>
    private async Task LookAsync(string patient)
    {
        foreach (var look in new[] { new Look(), new Look("en", Dark: true).Phone() })
        {
            await using var physician = await town.VisitAsync("dr.sato", look);
            await physician.OpenAsync($"/patients/{patient}");
            var image = physician.Page.Locator("figure.photo-card img").First;
            await image.ScrollIntoViewIfNeededAsync();
            await SeenAsync(image);
            (await image.GetAttributeAsync("alt")).ShouldBe("仙骨部");
            await physician.PictureAsync("photo-card");
            await physician.Page.Locator("a.photo-link").First.ClickAsync();
            var large = physician.Page.Locator("dialog.photo-large");
            await SeenAsync(large.Locator("img"));
            await physician.PictureAsync("photo-large");
            (await physician.Page.RunAxe()).Violations.Select(v => $"{v.Id} {v.Help}").ShouldBeEmpty();
            await physician.Page.Keyboard.PressAsync("Escape");
            await Expect(large).ToHaveCountAsync(0);
            await Expect(physician.Page.Locator("a.photo-link").First).ToBeFocusedAsync();
        }
    }

    private static async Task SeenAsync(ILocator image)
    {
        await image.WaitForAsync(new() { Timeout = 60_000 });
        for (var i = 0; i < 100 && await image.EvaluateAsync<int>("i => i.naturalWidth") == 0; i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        (await image.EvaluateAsync<int>("i => i.naturalWidth")).ShouldBeGreaterThan(0);
    }

    private async Task<byte[]> FileAsync(Guid photo)
    {
        await using var database = NpgsqlDataSource.Create(town.ConnectionString);
        await using var command = database.CreateCommand("select data from wound_photo_files where photo_id = $1");
        command.Parameters.Add(new() { Value = photo });
        return (byte[])(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    private Task<Tablet> TabletAsync(FaultProxy network) => Tablet.OfNurseAsync(town, network);
}
