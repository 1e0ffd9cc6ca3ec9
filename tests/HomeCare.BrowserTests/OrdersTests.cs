using System.Text.RegularExpressions;
using HomeCare.BrowserTests.Support;
using HomeCare.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HomeCare.BrowserTests;

/// <summary>Written orders to nursing stations: renewed in one sitting, signed, printed.</summary>
public sealed partial class OrdersTests(DemoTown town) : IClassFixture<DemoTown>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 15_000 };

    [Theory]
    [InlineData("ja", "小林 正夫", "署名待ち", "署名済み", "残り5日")]
    [InlineData("en", "加藤 はな", "Waits for signature", "Signed", "26 days left")]
    public async Task a_physician_renews_what_runs_out_in_one_sitting_and_the_nurse_sees_it_signed(string language, string name, string waits, string signed, string left)
    {
        await using var physician = await town.VisitAsync("dr.sato", new Look(language));
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language));
        var patient = await physician.PatientAsync(name);
        await nurse.OpenAsync($"/patients/{patient}/orders");
        await Expect(nurse.Page.Locator("[data-warning]").First).ToContainTextAsync(left);
        await Expect(nurse.Page.Locator("[data-renew]")).ToHaveCountAsync(0);

        // All that run out stand there; one is chosen.
        await physician.OpenAsync("/orders");
        var mine = physician.Page.Locator($".order-line:has(a[href^='/patients/{patient}/'])");
        await Expect(mine).ToBeVisibleAsync(Soon);
        await physician.Page.Locator("#choose-all").UncheckAsync();
        await Expect(mine.Locator("input[type=checkbox]")).Not.ToBeCheckedAsync();
        await mine.Locator("input[type=checkbox]").CheckAsync();
        await physician.Page.Locator("[data-act=sitting]").ClickAsync();
        await Expect(physician.Page.Locator(".banner-ok")).ToBeVisibleAsync(Soon);

        // The draft lacks the consent, which is asked anew; with it, it is confirmed.
        await physician.OpenAsync("/orders?show=drafts");
        await Expect(mine).ToBeVisibleAsync(Soon);
        await mine.Locator("[data-consent]").ClickAsync();
        await Expect(mine.Locator("input[type=checkbox]")).ToBeVisibleAsync(Soon);
        await physician.Page.Locator("#choose-all").UncheckAsync();
        await Expect(mine.Locator("input[type=checkbox]")).Not.ToBeCheckedAsync();
        await mine.Locator("input[type=checkbox]").CheckAsync();
        await physician.Page.Locator("[data-act=sitting]").ClickAsync();
        await Expect(mine).ToHaveCountAsync(0, new() { Timeout = 15_000 });

        await Expect(nurse.Page.Locator("[data-status=Issued]")).ToContainTextAsync(waits, new() { Timeout = 15_000 });
        await physician.OpenAsync("/orders?show=unsigned");
        await physician.Page.Locator($"a[href^='/patients/{patient}/orders/']").First.ClickAsync();
        await physician.Page.Locator("[data-act=sign]").ClickAsync();
        await physician.SubmitAsync();
        await Expect(physician.Page.Locator(".page-head [data-status=Signed]")).ToContainTextAsync(signed, new() { Timeout = 15_000 });
        await Expect(physician.Page.Locator(".paper-draft")).ToHaveCountAsync(0);
        await Expect(nurse.Page.Locator("[data-status=Signed]")).ToHaveCountAsync(2, new() { Timeout = 15_000 });
        await Expect(nurse.Page.Locator("[data-warning]")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("ja", "指示書の期限")]
    [InlineData("en", "Visit after the order ran out")]
    public async Task a_visit_after_the_order_ran_out_is_flagged_on_the_timeline_in_the_orders_and_before_the_visit(string language, string flag)
    {
        await using var nurse = await town.VisitAsync("ns.tanaka", new Look(language));
        var patient = await nurse.PatientAsync("斎藤 トミ");
        await nurse.OpenAsync($"/patients/{patient}");
        await Expect(nurse.Page.Locator("[data-beyond-order]").First).ToContainTextAsync(flag, new() { Timeout = 15_000 });
        await Expect(nurse.Page.Locator("[aria-labelledby=aside-order] [data-warning=Expired]")).ToBeVisibleAsync();
        await nurse.OpenAsync($"/patients/{patient}/orders");
        await Expect(nurse.Page.Locator("[data-beyond]").First).ToBeVisibleAsync(Soon);
        await nurse.OpenAsync($"/patients/{patient}/visit");
        await Expect(nurse.Page.Locator(".identity .banner-warn")).ToBeVisibleAsync(Soon);
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("en")]
    public async Task a_physician_writes_an_order_by_hand_and_what_is_missing_is_named(string language)
    {
        await using var physician = await town.VisitAsync("dr.sato", new Look(language));
        var patient = await physician.PatientAsync(language == "ja" ? "岡本 フミ" : "井上 由紀子");
        await physician.OpenAsync($"/patients/{patient}/orders");
        await physician.Page.Locator("[data-kind=Special]").ClickAsync();
        await physician.Page.Locator("#f-state").FillAsync("呼吸困難が増した");
        await physician.Page.Locator(".form-actions button[type=submit]").ClickAsync();
        await Expect(physician.Page.Locator(".paper")).ToContainTextAsync("呼吸困難が増した", new() { Timeout = 15_000 });
        await Expect(physician.Page.Locator(".order-say.banner-warn")).ToBeVisibleAsync();
        await physician.Page.Locator("[data-act=issue]").ClickAsync();
        await Expect(physician.Page.Locator(".order-say.banner-stop")).ToBeVisibleAsync(Soon);
        await physician.Page.Locator(".page-actions a[href*='write?order=']").ClickAsync();
        await physician.Page.Locator("#consent").CheckAsync();
        await physician.Page.Locator("#f-reason").FillAsync("急性増悪のため");
        await physician.Page.Locator("#until").FillAsync("2099-01-01");
        await physician.Page.Locator(".form-actions button[type=submit]").ClickAsync();
        await Expect(physician.Page.Locator("#until-e")).ToBeVisibleAsync(Soon);
        await physician.Page.Locator("#until").FillAsync(await physician.Page.Locator("#from").InputValueAsync());
        await physician.Page.Locator(".form-actions button[type=submit]").ClickAsync();
        await physician.Page.Locator("[data-act=issue]").ClickAsync();
        await Expect(physician.Page.Locator(".page-head [data-status=Issued]")).ToBeVisibleAsync(Soon);
        await physician.OpenAsync($"/patients/{patient}");
        await Expect(physician.Entries("nursing-order-issued").First).ToBeVisibleAsync(Soon);
    }

    [Theory]
    [InlineData("ordinary")]
    [InlineData("special")]
    [InlineData("infusion")]
    [InlineData("psychiatric")]
    [InlineData("psychiatricSpecial")]
    [InlineData("suction")]
    public async Task an_order_prints_as_its_form_without_anything_of_the_screen(string kind)
    {
        await using var physician = await town.VisitAsync("dr.sato", new Look(Dark: true));
        var patient = await physician.PatientAsync("木村 勇");
        var order = Guid.CreateVersion7();
        var station = (await physician.GetAsync($"api/patients/{patient}"))["team"]!.AsArray().First(m => m!["organisationKind"]?.GetValue<string>() == "nursingStation")!["organisationId"]!.GetValue<Guid>();
        var drafted = await physician.CommandAsync("draft-nursing-order", new { orderId = order, patientId = patient, kind, content = Content(kind, station) });
        drafted.Status.ShouldBe(200, await drafted.TextAsync());

        await physician.OpenAsync($"/patients/{patient}/orders/{order}");
        await Expect(physician.Page.Locator(".paper")).ToBeVisibleAsync(Soon);
        var pdf = await physician.Page.PdfAsync(new() { Format = "A4", PrintBackground = true, PreferCSSPageSize = true });
        var folder = Repository.Path("artifacts", "pictures");
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, $"order-{kind}.pdf"), pdf, TestContext.Current.CancellationToken);
        PageObject().Count(System.Text.Encoding.Latin1.GetString(pdf)).ShouldBe(1, "the form is one sheet");

        await physician.Page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var hidden in new[] { ".rail", ".page-head", ".order-say" })
        {
            (await physician.Page.Locator(hidden).EvaluateAllAsync<bool>("all => all.every(e => e.getClientRects().length === 0)")).ShouldBeTrue(hidden);
        }

        await Expect(physician.Page.Locator(".paper-draft")).ToHaveTextAsync("下書き");
        (await physician.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.paper-sheet')).color")).ShouldBe("rgb(0, 0, 0)", "dark screens print black");
        await physician.Page.SetViewportSizeAsync(703, 1030);
        await physician.Page.Locator(".paper").ScreenshotAsync(new() { Path = Path.Combine(folder, $"order-{kind}.png") });
    }

    private static object Content(string kind, Guid station)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")).DateTime);
        var whole = kind is "ordinary" or "psychiatric";
        return new
        {
            stationId = station, from = today, until = today.AddDays(kind == "infusion" ? 6 : whole ? 150 : 13), examinedOn = today, consent = true,
            address = "東京都港区海岸9丁目1-2 みなとハイツ305号室", telephone = "03-0000-0000", facility = "自宅",
            diagnoses = whole ? new[] { new { name = "膵癌(肝転移)", code = "C25.9" }, new { name = "癌性疼痛", code = "R52.1" }, new { name = "2型糖尿病", code = "E11.9" } } : [],
            state = "疼痛は持続皮下注で緩和されている。食事量は通常の3割程度。腹水による腹部膨満感がある。意識は清明で、家族の介護力は保たれている。",
            reason = "疼痛の増悪により、連日の観察と薬剤の調整が必要なため。",
            drugs = whole ? Enumerable.Range(1, 12).Select(n => new { name = $"薬剤その{n} 5mg錠", usage = "1回1錠 1日2回 朝夕食後" }).ToArray() : [],
            bedridden = kind == "ordinary" ? "b2" : null, dementia = whole ? "i" : null, careLevel = kind == "ordinary" ? "care3" : null, ulcer = kind == "ordinary" ? "d3" : null,
            devices = kind == "ordinary" ? new object[] { new { kind = "oxygen", setting = "2 L/分" }, new { kind = "infusionPump", setting = "PCA" }, new { kind = "indwellingCatheter", setting = "膀胱", size = "14Fr", changeEveryDays = 14 },
                new { kind = "suction", setting = "20 kPa 以下" }, new { kind = "tubeFeeding", setting = "胃瘻", size = "20Fr", changeEveryDays = 180 }, new { kind = "ventilator", setting = "NPPV S/T、夜間のみ" },
                new { kind = "trachealCannula", setting = "カフあり", size = "7.5 mm", changeEveryDays = 14 }, new { kind = "other", setting = "体圧分散マットレス" } } : [],
            careNotes = kind == "psychiatric" ? null : "呼吸数と傾眠に注意する。食事は少量ずつ、座位で30分保つ。入浴はSpO₂と脈拍を見て短時間とし、疲れたら清拭に替える。体位は2時間ごとに変え、踵を浮かせる。便通を毎回確かめ、3日なければ連絡する。口腔ケアを家族とともに行う。",
            therapy = kind == "ordinary" ? new { professions = new[] { "physicalTherapist" }, minutesADay = 40, timesAWeek = 2, what = "起居動作の練習、ポジショニング" } : null,
            woundCare = kind == "ordinary" ? "毎回大きさを測り、月1回写真を撮る。感染の兆候があれば当日連絡する。仙骨部を微温湯で洗浄し、外用のうえ被覆する。" : null, deviceCare = kind == "ordinary" ? "気管カニューレのカフ圧を毎回25 cmH₂Oに合わせる。吸引は10秒以内。胃瘻の周囲を洗い、ストッパーを回す。PCAポンプの残量と刺入部を毎回確認する。" : null, otherCare = kind == "ordinary" ? "状態が変わったときは電話で報告する。" : null,
            infusion = kind == "infusion" ? new { drugs = new[] { new { drug = "ソルデム3A輸液", dose = "500 mL", route = "末梢静脈より 80 mL/h" }, new { drug = "アセリオ静注液1000mg", dose = "1 袋", route = "15分で点滴、疼痛時 1日3回まで" } }, daysAWeek = 5, peripheral = true } : null,
            suction = kind == "suction" ? new
            {
                disabilityLevel = 6, acts = new[] { "mouth", "cannula", "gastrostomy" }, suction = "吸引圧 20 kPa 以下、1回10秒以内。SpO₂ 90 %未満なら中止し、看護師へ連絡する。", feeding = "半固形栄養剤 300 g、15分、1日3回。注入後30分は上体を30度に保つ。",
                forCarers = "注入前に嘔気と腹部の張りを確かめる。", forNurses = "月1回、手技を確認する。", devices = new[] { new { point = "suction", note = (string?)null }, new { point = "stomaCatheter", note = (string?)"ボタン型 20Fr、2.4 cm" } },
            } : null,
            psychiatric = whole || kind == "psychiatricSpecial" ? new
            {
                disclosed = (bool?)(kind == "psychiatric" ? true : null), acceptance = kind == "psychiatric" ? "服薬の必要を理解している" : null, severalVisitors = true, severalVisitorsReasons = new[] { "personAndFamily" }, shortVisits = false,
                severalVisitsADay = (bool?)(kind == "psychiatric" ? false : null),
                points = kind == "psychiatric" ? new[] { new { point = "rhythm", note = "起床と就寝の時刻を整える" }, new { point = "medicine", note = "飲み忘れの確認" } } : [],
                observations = kind == "psychiatricSpecial" ? new[] { new { point = "medicine", note = (string?)null }, new { point = "mental", note = (string?)"幻聴と不眠" } } : [], exchange = kind == "psychiatric" ? "電話、月1回の報告書" : null,
            } : null,
            emergencyContact = "木村 幸子(妻) 090-0000-0000 / 佐藤クリニック 03-0000-1101", whenAbsent = "妻の携帯電話へ連絡し、つながらないときは診療所へ電話する。",
            specialNotes = whole ? "アレルギー: ヨード造影剤(発疹)" : null, institutionAddress = "東京都港区海岸9丁目3-4", institutionTelephone = "03-0000-1101", institutionFax = "03-0000-1102",
        };
    }

    [GeneratedRegex(@"/Type\s*/Page(?![a-z])")]
    private static partial Regex PageObject();
}
