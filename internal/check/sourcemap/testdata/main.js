(()=>{function t(e){return n("pay",e.deeplink)}var n=(...e)=>e.join(" ");document.title=t({deeplink:"gopay://merchanttransfer?tref=1"});})();
//# sourceMappingURL=main.js.map
