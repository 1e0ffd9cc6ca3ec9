using HomeCare.Organisations;
using static HomeCare.Organisations.OrganisationKind;
using static HomeCare.Profession;

namespace HomeCare.Web.Demo;

/// <summary>The organisations and the people who work in the demo community. All invented; telephones are of a range that is not given out.</summary>
internal static class Cast
{
    /// <summary>Key of the community.</summary>
    public const string Tenant = "minato";

    public const string CommunityName = "みなと在宅ケアネット";

    /// <summary>The password of every sign-in name of the demo community.</summary>
    public const string Password = "demo-homecare-2026";

    private static readonly List<Office> AllOffices = [];
    private static readonly List<Player> AllPlayers = [];

    public static readonly Office SatoClinic = New("佐藤クリニック", Clinic, 1101);
    public static readonly Office MoriClinic = New("森内科医院", Clinic, 1102);
    public static readonly Office HamakazeClinic = New("はまかぜ在宅クリニック", Clinic, 1103);
    public static readonly Office MinatoNursing = New("みなと訪問看護", NursingStation, 1201);
    public static readonly Office ShiosaiNursing = New("訪問看護ステーションしおさい", NursingStation, 1202);
    public static readonly Office TsubakiNursing = New("訪問看護ステーションつばき", NursingStation, 1203);
    public static readonly Office MinatoPharmacy = New("港薬局", Pharmacy, 1301);
    public static readonly Office ShiosaiPharmacy = New("しおさい薬局", Pharmacy, 1302);
    public static readonly Office TsubakiPharmacy = New("つばき薬局", Pharmacy, 1303);
    public static readonly Office MinatoCarePlan = New("港ケアプラン", CareManagementOffice, 1401);
    public static readonly Office ShiosaiCarePlan = New("しおさい居宅介護支援センター", CareManagementOffice, 1402);
    public static readonly Office AozoraHelp = New("あおぞら介護", HomeHelpOffice, 1501);

    public static readonly Actor Sato = New("佐藤 健一", "サトウ ケンイチ", Physician, SatoClinic, "dr.sato");
    public static readonly Actor SatoMari = New("佐藤 真理", "サトウ マリ", Physician, SatoClinic);
    public static readonly Actor Mori = New("森 隆之", "モリ タカユキ", Physician, MoriClinic, "dr.mori");
    public static readonly Actor Shimada = New("島田 涼子", "シマダ リョウコ", Physician, HamakazeClinic);
    public static readonly Actor Sugawara = New("菅原 誠", "スガワラ マコト", Physician, HamakazeClinic);
    public static readonly Actor Tanaka = New("田中 美咲", "タナカ ミサキ", Nurse, MinatoNursing, "ns.tanaka");
    public static readonly Actor Hasegawa = New("長谷川 文", "ハセガワ フミ", Nurse, MinatoNursing);
    public static readonly Actor Ono = New("大野 拓也", "オオノ タクヤ", Nurse, MinatoNursing);
    public static readonly Actor Miura = New("三浦 圭", "ミウラ ケイ", PhysicalTherapist, MinatoNursing);
    public static readonly Actor Abe = New("安部 翔", "アベ ショウ", Nurse, ShiosaiNursing, "ns.abe");
    public static readonly Actor Ueda = New("上田 奈緒", "ウエダ ナオ", Nurse, ShiosaiNursing);
    public static readonly Actor Imai = New("今井 さくら", "イマイ サクラ", AssistantNurse, ShiosaiNursing);
    public static readonly Actor Murakami = New("村上 玲子", "ムラカミ レイコ", Nurse, TsubakiNursing);
    public static readonly Actor Harada = New("原田 勝", "ハラダ マサル", Nurse, TsubakiNursing);
    public static readonly Actor Nakajima = New("中島 彩香", "ナカジマ アヤカ", OccupationalTherapist, TsubakiNursing);
    public static readonly Actor Suzuki = New("鈴木 彩", "スズキ アヤ", Profession.Pharmacist, MinatoPharmacy, "ph.suzuki");
    public static readonly Actor Fukuda = New("福田 直樹", "フクダ ナオキ", Profession.Pharmacist, MinatoPharmacy);
    public static readonly Actor Iwasaki = New("岩崎 美和", "イワサキ ミワ", Profession.Pharmacist, ShiosaiPharmacy);
    public static readonly Actor Naito = New("内藤 亮", "ナイトウ リョウ", Profession.Pharmacist, ShiosaiPharmacy);
    public static readonly Actor Yokoyama = New("横山 聡", "ヨコヤマ サトシ", Profession.Pharmacist, TsubakiPharmacy);
    public static readonly Actor Kudo = New("工藤 恵美", "クドウ エミ", Profession.Pharmacist, TsubakiPharmacy);
    public static readonly Actor Yamada = New("山田 由美", "ヤマダ ユミ", CareManager, MinatoCarePlan, "cm.yamada");
    public static readonly Actor Hirano = New("平野 純", "ヒラノ ジュン", CareManager, MinatoCarePlan);
    public static readonly Actor Maruyama = New("丸山 和恵", "マルヤマ カズエ", CareManager, ShiosaiCarePlan);
    public static readonly Actor Ogawa = New("小川 悟", "オガワ サトル", CareManager, ShiosaiCarePlan);
    public static readonly Actor Kondo = New("近藤 直子", "コンドウ ナオコ", Helper, AozoraHelp, "hp.kondo");
    public static readonly Actor Sakamoto = New("坂本 由紀", "サカモト ユキ", Helper, AozoraHelp);
    public static readonly Actor Takeda = New("武田 春香", "タケダ ハルカ", Helper, AozoraHelp);
    private static readonly Actor Noguchi = New("野口 恵", "ノグチ メグミ", Nurse, SatoClinic);
    private static readonly Actor Hori = New("堀 千秋", "ホリ チアキ", Nurse, MoriClinic);
    private static readonly Actor Nishi = New("西 由香", "ニシ ユカ", Nurse, HamakazeClinic);

    /// <summary>加藤 はな's daughter, who sees her mother's record alone.</summary>
    public static readonly Actor Kato = New("加藤 裕子", "カトウ ユウコ", Family, null, "fm.kato");

    /// <summary>木村 勇 himself, who keeps the diary of his glucose.</summary>
    public static readonly Actor Kimura = New("木村 勇", "キムラ イサム", Profession.Patient, null);

    /// <summary>A relative of 井上 由紀子 whose access ended.</summary>
    public static readonly Actor Nephew = New("井上 武", "イノウエ タケシ", Family, null);

    private static readonly Actor Aoki = New("青木 修", "アオキ オサム", Administrator, null, "admin");

    /// <summary>Under this name the community is set up.</summary>
    public static Actor Secretariat { get; } = Actor.Importing(Tenant, "みなと在宅ケアネット事務局(デモ)");

    /// <summary>All organisations, in order.</summary>
    public static IReadOnlyList<Office> Offices => AllOffices;

    /// <summary>All people who have a place in the community.</summary>
    public static IReadOnlyList<Player> Players => AllPlayers;

    private static Office New(string name, OrganisationKind kind, int telephone)
    {
        var office = new Office(Ids.Of(Tenant, "organisation", name), name, kind, $"03-0000-{telephone}");
        AllOffices.Add(office);
        return office;
    }

    private static Actor New(string name, string kana, Profession profession, Office? office, string? signIn = null)
    {
        var actor = new Actor(Tenant, Ids.Of(Tenant, "person", name), name, profession, office?.Id, office?.Name);
        AllPlayers.Add(new Player(actor, kana, signIn));
        return actor;
    }
}

/// <summary>An organisation of the demo community.</summary>
internal sealed record Office(Guid Id, string Name, OrganisationKind Kind, string Telephone);

/// <summary>A person of the demo community.</summary>
/// <param name="Actor">Who, for whom and as what.</param>
/// <param name="Kana">Reading of the name.</param>
/// <param name="SignIn">Sign-in name, for those who have one.</param>
internal sealed record Player(Actor Actor, string Kana, string? SignIn);

/// <summary>Who cares for one person; organisations join through them.</summary>
internal sealed record Team(Actor Physician, IReadOnlyList<Actor> Nurses, Actor Pharmacist, Actor? CareManager, Actor? Helper)
{
    /// <summary>The nurse who comes most often.</summary>
    public Actor Nurse => Nurses[0];

    /// <summary>Everybody of the team.</summary>
    public IEnumerable<Actor> Everybody => new[] { Physician, Nurse, Pharmacist, CareManager, Helper }.OfType<Actor>();
}
