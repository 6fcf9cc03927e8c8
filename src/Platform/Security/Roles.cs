using Shouwang.Kernel;

namespace Shouwang.Platform.Security;

/// <summary>The posts that sign in. Households, donors and the public have no account.</summary>
public enum Role
{
    Administrator, CountyOffice, CountyLeader, TownshipLeader, TownshipClerk, VillageCadre, FirstSecretary, WorkTeamMember,
    GridWorker, MonitoringOfficer, PairingHelper, IndustryDept, Supervisor, Auditor,

    /// <summary>The lead office of a prefecture or province. It sets lines for its counties and looks into them; it does their work in none.</summary>
    HigherOffice,
}

/// <summary>What a role may do with a permission, besides doing it in its own area.</summary>
[Flags]
public enum Reach
{
    /// <summary>The whole area subtree of the post.</summary>
    Area = 0,

    /// <summary>Only households assigned to the person by name.</summary>
    Assigned = 1,

    /// <summary>Numbers, phones, accounts and health are hidden, and cannot be opened.</summary>
    Masked = 2,

    /// <summary>Only what concerns the subject of the person's department.</summary>
    Subject = 4,

    /// <summary>Figures, no households.</summary>
    Aggregate = 8,
}

public static class RoleNames
{
    /// <summary>The role's name on the screen.</summary>
    public static Text Of(Role role) => role switch
    {
        Role.Administrator => new("系统管理员", "Administrator"),
        Role.CountyOffice => new("县级主管部门", "County office"),
        Role.CountyLeader => new("县领导", "County leader"),
        Role.TownshipLeader => new("乡镇领导", "Township leader"),
        Role.TownshipClerk => new("乡镇经办人", "Township clerk"),
        Role.VillageCadre => new("村干部", "Village cadre"),
        Role.FirstSecretary => new("第一书记", "First secretary"),
        Role.WorkTeamMember => new("驻村工作队员", "Resident team member"),
        Role.GridWorker => new("网格员", "Grid worker"),
        Role.MonitoringOfficer => new("监测责任人", "Monitoring officer"),
        Role.PairingHelper => new("结对帮扶责任人", "Pairing helper"),
        Role.IndustryDept => new("行业部门", "Industry department"),
        Role.Supervisor => new("督导组", "Supervisor"),
        Role.Auditor => new("纪检审计", "Auditor"),
        Role.HigherOffice => new("省市级主管部门", "Office above the county"),
    };
}
